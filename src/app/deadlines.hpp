// When something in a room runs out by itself, room by room.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "domain/ids.hpp"

namespace costage::app {

class Deadlines {
 public:
  void set(const domain::RoomId& room, std::optional<WallTime> at) {
    if (const auto known = at_.find(room); known != at_.end()) {
      in_order_.erase({known->second, room});
      at_.erase(known);
    }
    if (!at) return;
    at_.emplace(room, *at);
    in_order_.emplace(*at, room);
  }
  [[nodiscard]] std::vector<domain::RoomId> due(WallTime now) const {
    std::vector<domain::RoomId> out;
    for (auto at = in_order_.begin(); at != in_order_.end() && at->first <= now; ++at) out.push_back(at->second);
    return out;
  }
  [[nodiscard]] std::optional<WallTime> next() const {
    if (in_order_.empty()) return {};
    return in_order_.begin()->first;
  }

 private:
  std::map<domain::RoomId, WallTime> at_;
  std::set<std::pair<WallTime, domain::RoomId>> in_order_;
};

}  // namespace costage::app
