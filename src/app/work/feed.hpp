// One kind of history as this node tells of it: every event once and in order, whoever wrote it. What is committed here
// is told at once; what another node wrote is read when a hint says that there is more. A hint that is lost delays, and
// one too many does no harm.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "domain/ids.hpp"

namespace costage::app {

template <class Event, class State>
class Feed {
 public:
  using Events = std::vector<Event>;
  // What comes after a number, not more than fits into one answer, and the state at the end of the history.
  struct Page {
    Events events;
    State state;
  };
  using Read =
      std::function<void(const domain::RoomId&, std::uint64_t after, std::function<void(std::optional<Page>)>)>;
  using Tell = std::function<void(const Events&, const State&)>;

  Feed(Read read, Tell tell) : read_(std::move(read)), tell_(std::move(tell)) {}

  // Of this room everything is told from behind `seq` on, unless it is followed already. What is there by now is read.
  void follow(const domain::RoomId& room, std::uint64_t seq) {
    const auto [at, is_new] = places_.try_emplace(room, Place{seq, seq + 1});
    if (!is_new) at->second.last = std::max(at->second.last, seq);
    read_on(room);
  }
  // The same, for who knows that `seq` is where it ends.
  void follow_from_end(const domain::RoomId& room, std::uint64_t seq) { places_.try_emplace(room, Place{seq, seq}); }
  void unfollow(const domain::RoomId& room) { places_.erase(room); }
  [[nodiscard]] bool follows(const domain::RoomId& room) const { return places_.contains(room); }
  // Up to where it is told; nothing: it is not followed.
  [[nodiscard]] std::optional<std::uint64_t> told(const domain::RoomId& room) const {
    const auto at = places_.find(room);
    return at == places_.end() ? std::nullopt : std::optional{at->second.told};
  }

  // This node wrote: `events` end where `state` is. Of a room that is not followed they are told all the same.
  void on_commit(const domain::RoomId& room, const Events& events, const State& state) {
    const auto at = places_.find(room);
    if (at == places_.end()) return tell_(events, state);
    Place& place = at->second;
    place.last = std::max(place.last, events.back().seq);
    if (events.front().seq != place.told + 1) return read_on(room);
    place.told = events.back().seq;
    tell_(events, state);
    read_on(room);
  }
  // Somebody may have written up to `seq`.
  void on_hint(const domain::RoomId& room, std::uint64_t seq) {
    const auto at = places_.find(room);
    if (at == places_.end()) return;
    at->second.last = std::max(at->second.last, seq);
    read_on(room);
  }

  // What could not be read is tried again.
  void read_on() {
    for (const domain::RoomId& room : std::exchange(refused_, {})) read_on(room);
  }

 private:
  struct Place {
    std::uint64_t told = 0;
    std::uint64_t last = 0;  // of the history, as far as is known
    bool reading = false;
  };

  void read_on(const domain::RoomId& room) {
    const auto at = places_.find(room);
    if (at == places_.end() || at->second.reading || at->second.told >= at->second.last) return;
    at->second.reading = true;
    read_(room, at->second.told, [this, room](std::optional<Page> page) { on_read(room, std::move(page)); });
  }
  void on_read(const domain::RoomId& room, std::optional<Page> page) {
    const auto at = places_.find(room);
    if (at == places_.end()) return;
    Place& place = at->second;
    place.reading = false;
    if (!page) {
      refused_.insert(room);
      return;
    }
    std::erase_if(page->events, [&](const Event& event) { return event.seq <= place.told; });
    if (page->events.empty()) {
      if (page->state.seq <= place.told) place.last = place.told;  // there was no more than was told
      return;
    }
    // It was read for who followed the room before, from another number on.
    if (page->events.front().seq != place.told + 1) return read_on(room);
    place.last = std::max(place.last, page->state.seq);
    place.told = page->events.back().seq;
    tell_(page->events, page->state);
    read_on(room);
  }

  Read read_;
  Tell tell_;
  std::map<domain::RoomId, Place> places_;  // about 100 bytes each
  std::set<domain::RoomId> refused_;        // what could not be read
};

}  // namespace costage::app
