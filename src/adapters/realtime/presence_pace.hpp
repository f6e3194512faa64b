// When a room's count of watchers is told: turns come every 500 ms while something waits. A big room is told less
// often, so that one who comes costs the same however many watch.
#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "domain/ids.hpp"

namespace costage::realtime {

class PresencePace {
 public:
  // About 15 us each to send: 30 ms of the control loop in a turn of one room.
  static constexpr std::size_t kToldPerTurn = 2'000;

  // The count changed and so many listen. What waits already is told when it was to be told.
  void note(const domain::RoomId& room, std::size_t listeners) {
    turns_left_.try_emplace(room, 1 + (listeners == 0 ? 0 : (listeners - 1) / kToldPerTurn));
  }
  // The rooms to tell in this turn.
  std::vector<domain::RoomId> turn() {
    std::vector<domain::RoomId> due;
    for (auto at = turns_left_.begin(); at != turns_left_.end();) {
      const bool now = --at->second == 0;
      if (now) due.push_back(at->first);
      at = now ? turns_left_.erase(at) : std::next(at);
    }
    return due;
  }
  [[nodiscard]] bool idle() const { return turns_left_.empty(); }

 private:
  std::map<domain::RoomId, std::size_t> turns_left_;
};

}  // namespace costage::realtime
