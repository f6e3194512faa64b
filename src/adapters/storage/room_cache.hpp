// Rooms as they were read or written last, by one connection. Whatever changes a room makes its history longer, so a
// room whose history still ends where it did is as it was, whoever writes to the database: that saves reading its rows.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "domain/room_state.hpp"

namespace costage::storage {

class RoomCache {
 public:
  static constexpr std::size_t kMaxRooms = 500;  // about 10 kB each: 5 MB

  [[nodiscard]] std::optional<domain::RoomState> find(const domain::RoomId& room, std::uint64_t seq) const {
    const auto at = rooms_.find(room);
    if (at == rooms_.end() || at->second.seq != seq) return {};
    return at->second;
  }
  void read(const domain::RoomState& state) {
    if (rooms_.size() >= kMaxRooms) rooms_.clear();
    rooms_.insert_or_assign(state.room.id, state);
  }
  void wrote(const domain::RoomState& state) {
    written_.insert(state.room.id);
    read(state);
  }
  // What was written since the last commit is there, or is not: then others may make the same number with another
  // event.
  void committed() { written_.clear(); }
  void forget() { rooms_.clear(); }
  void undone() {
    for (const domain::RoomId& room : written_) rooms_.erase(room);
    written_.clear();
  }

 private:
  std::map<domain::RoomId, domain::RoomState> rooms_;
  std::set<domain::RoomId> written_;
};

}  // namespace costage::storage
