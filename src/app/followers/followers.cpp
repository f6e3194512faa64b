#include "app/followers/followers.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace costage::app {

using namespace domain;

void Followers::add(Follower& follower) { all_.push_back(std::make_unique<Followed>(Followed{&follower, {}})); }

void Followers::start(std::function<void(bool)> done) {
  struct Open {
    std::size_t count = 0;
    bool ok = true;
  };
  auto open = std::make_shared<Open>(Open{all_.size()});
  if (all_.empty()) return done(true);
  for (const auto& followed : all_)
    start_from(*followed, RoomId{}, [open, done](bool ok) {
      open->ok = open->ok && ok;
      if (--open->count == 0) done(open->ok);
    });
}

void Followers::start_from(Followed& followed, const RoomId& after, std::function<void(bool)> done) {
  using Behind = std::vector<FollowerPosition>;
  work_.read<Behind>(
      [name = std::string(followed.follower->name()), after](Transaction& tx) -> domain::Answer<Behind> {
        return tx.history().behind(name, after, kRoomsPerRead);
      },
      [this, &followed, done = std::move(done)](const domain::Answer<Behind>& behind) {
        if (!behind) return done(false);
        if (behind->empty()) return done(true);
        for (const FollowerPosition& one : *behind) {
          Place& place = followed.places[one.room];
          place.followed = one.followed;
          place.last = std::max(place.last, one.last);
          if (place.busy) continue;  // reads on from there
          place.busy = true;
          retries_.insert({work_.now(), &followed, one.room});
        }
        start_from(followed, behind->back().room, done);
      });
}

void Followers::on_commit(const Committed& committed) {
  if (committed.events.empty()) return;
  const RoomId& room = committed.state.room.id;
  const std::uint64_t before = committed.events.front().seq - 1;
  const auto events = std::make_shared<const Events>(committed.events);
  for (const auto& followed : all_) {
    // Whoever is not known here has followed all of it (start).
    Place& place = followed->places.try_emplace(room, Place{.followed = before}).first->second;
    place.last = std::max(place.last, committed.state.seq);
    place.over = !is_open(committed.state.room.status);
    if (place.busy) continue;  // it reads on when it is done with what it does
    if (place.followed == before)
      give(*followed, room, events, 0);
    else if (place.followed < place.last)
      read_on(*followed, room);
  }
}

void Followers::give(Followed& followed, const RoomId& room, const std::shared_ptr<const Events>& events,
                     std::size_t index) {
  Place& place = followed.places.at(room);
  place.busy = index < events->size();
  if (!place.busy) {
    if (place.followed < place.last) read_on(followed, room);
    return;
  }
  followed.follower->follow(room, (*events)[index], [this, &followed, room, events, index](bool ok) {
    if (!ok) return failed(followed, room);
    moved(followed, room, (*events)[index].seq);
    give(followed, room, events, index + 1);
  });
}

void Followers::read_on(Followed& followed, const RoomId& room) {
  Place& place = followed.places.at(room);
  place.busy = true;
  const auto read = [room, from = place.followed](Transaction& tx) -> domain::Answer<Events> {
    return tx.history().since(room, from, kEventsPerRead);
  };
  work_.read<Events>(read, [this, &followed, room](domain::Answer<Events> events) {
    if (!events || events->empty()) return failed(followed, room);
    give(followed, room, std::make_shared<const Events>(std::move(*events)), 0);
  });
}

void Followers::moved(Followed& followed, const RoomId& room, std::uint64_t seq) {
  Place& place = followed.places.at(room);
  place.followed = seq;
  place.retry_after = kRetryAfter;
  followed.moved.insert(room);
  if (!write_at_) write_at_ = work_.now() + kWriteEvery;
}

void Followers::failed(Followed& followed, const RoomId& room) {
  Place& place = followed.places.at(room);
  retries_.insert({work_.now() + place.retry_after, &followed, room});
  place.retry_after = std::min<std::chrono::seconds>(2 * place.retry_after, kRetryAtMost);
}

void Followers::on_time(WallTime now) {
  while (!retries_.empty() && retries_.begin()->at <= now) {
    const Retry due = *retries_.begin();
    retries_.erase(retries_.begin());
    read_on(*due.followed, due.room);
  }
  if (write_at_ && *write_at_ <= now) write_positions(now);
}

void Followers::write_positions(WallTime now) {
  write_at_.reset();
  for (const auto& one : all_) {
    Followed& followed = *one;
    if (followed.moved.empty()) continue;
    auto positions = std::make_shared<std::vector<FollowerPosition>>();
    for (const RoomId& room : std::exchange(followed.moved, {})) {
      const auto place = followed.places.find(room);
      if (place != followed.places.end()) positions->push_back({room, place->second.followed, place->second.last});
    }
    const auto put = [positions, name = std::string(followed.follower->name())](Transaction& tx) {
      for (const FollowerPosition& position : *positions) tx.history().put_position(name, position);
      return true;
    };
    const auto wrote = [this, &followed, positions, again = now + kWriteEvery](Commit commit) {
      if (commit == Commit::done) return written(followed, *positions);
      for (const FollowerPosition& position : *positions) followed.moved.insert(position.room);
      write_at_ = again;
    };
    if (!work_.storage().submit(put, wrote)) wrote(Commit::failed);
  }
}

// Of a room that is over nothing is kept here once all of it is followed and written.
void Followers::written(Followed& followed, const std::vector<FollowerPosition>& positions) {
  for (const FollowerPosition& position : positions) {
    const auto place = followed.places.find(position.room);
    if (place == followed.places.end()) continue;
    const bool is_done = place->second.over && !place->second.busy && place->second.followed == place->second.last;
    if (is_done && position.followed == place->second.last) followed.places.erase(place);
  }
}

std::optional<WallTime> Followers::next_wake() const {
  std::optional<WallTime> earliest = write_at_;
  if (!retries_.empty()) earliest = std::min(earliest.value_or(retries_.begin()->at), retries_.begin()->at);
  return earliest;
}

}  // namespace costage::app
