// A media server that only writes down what it is told.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/ports/media_server.hpp"

namespace costage::app::testing {

using namespace domain;

class RecordedMedia final : public MediaServer {
 public:
  std::optional<MediaCredentials> mint(const MediaGrant&, WallTime) override { return {}; }
  void set_publish_right(const MediaGrant& grant, MediaDone done) override {
    log.push_back("give " + grant.identity.value() + ' ' + grant.lease.value());
    done(outcome);
  }
  void remove(const RoomId& room, const Identity& identity, WallTime, MediaDone done) override {
    log.push_back("take " + identity.value() + " from " + room.value());
    done(outcome);
  }
  void mute(const RoomId&, const Identity&, const TrackSources&, MediaDone done) override { done(outcome); }
  void close_room(const RoomId& room, MediaDone done) override {
    log.push_back("close " + room.value());
    done(outcome);
  }
  std::vector<std::string> take() { return std::exchange(log, {}); }

  std::vector<std::string> log;
  MediaOutcome outcome = MediaOutcome::done;
};

}  // namespace costage::app::testing
