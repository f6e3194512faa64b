// A media server for tests that keeps who is connected with which right, as LiveKit's does: a promise between what the
// stage says and who can be seen.
#pragma once

#include <deque>
#include <map>
#include <utility>
#include <vector>

#include "app/ports/media_server.hpp"

namespace costage::app::testing {

class MediaRooms final : public MediaServer {
 public:
  using Place = std::pair<domain::RoomId, Identity>;
  struct Publisher {
    domain::LeaseId lease;
    bool interrupted = false;
  };

  std::optional<MediaCredentials> mint(const MediaGrant& grant, WallTime) override {
    if (grant.can_publish) tokens.push_back(grant);
    return MediaCredentials{"ws://media", Secret{"token"}};
  }
  void set_publish_right(const MediaGrant& grant, MediaDone done) override {
    answer(std::move(done), [this, grant] {
      const auto at = publishers.find({grant.room, grant.identity});
      if (at != publishers.end()) at->second.lease = grant.lease;
    });
  }
  void remove(const domain::RoomId& room, const Identity& identity, WallTime, MediaDone done) override {
    answer(std::move(done), [this, place = Place{room, identity}] {
      if (publishers.erase(place) > 0) events.emplace_back(ParticipantLeft{place.first, place.second, "removed"});
    });
  }
  void mute(const domain::RoomId&, const Identity&, const domain::TrackSources&, MediaDone done) override {
    done(MediaOutcome::done);
  }
  void close_room(const domain::RoomId& room, MediaDone done) override {
    answer(std::move(done),
           [this, room] { std::erase_if(publishers, [&](const auto& entry) { return entry.first.first == room; }); });
  }

  void connect(const MediaGrant& token) {
    const Place place{token.room, token.identity};
    if (publishers.contains(place)) events.emplace_back(ParticipantLeft{token.room, token.identity, "replaced"});
    publishers[place] = {token.lease};
    events.emplace_back(ParticipantJoined{token.room, token.identity, token.lease});
  }
  void interrupt(const Place& place) {
    publishers.at(place).interrupted = true;
    events.emplace_back(ParticipantInterrupted{place.first, place.second});
  }
  void resume(const Place& place) {
    publishers.at(place).interrupted = false;
    events.emplace_back(ParticipantJoined{place.first, place.second, publishers.at(place).lease});
  }
  void disconnect(const Place& place) {
    publishers.erase(place);
    events.emplace_back(ParticipantLeft{place.first, place.second, "client"});
  }
  // What it was asked to do and has not said yet whether it did.
  void finish() {
    for (auto& one : std::exchange(open_, {})) one();
  }
  // Of the embedded one nothing remains; a cluster lives on.
  void program_ended(bool embedded) {
    open_.clear();
    events.clear();
    if (embedded) publishers.clear();
  }

  std::vector<MediaGrant> tokens;  // that may publish
  std::map<Place, Publisher> publishers;
  std::deque<MediaEvent> events;  // not told yet
  bool fail = false;
  bool late = false;

 private:
  void answer(MediaDone done, std::function<void()> effect) {
    auto act = [this, failed = fail, done = std::move(done), effect = std::move(effect)] {
      if (!failed) effect();
      done(failed ? MediaOutcome::failed : MediaOutcome::done);
    };
    if (late) return open_.emplace_back(std::move(act)), void();
    act();
  }
  std::vector<std::function<void()>> open_;
};

}  // namespace costage::app::testing
