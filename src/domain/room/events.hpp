#pragma once

#include "domain/room/room.hpp"

namespace costage::domain {

struct RoomChange {
  Room room;
  bool operator==(const RoomChange&) const = default;
};

}  // namespace costage::domain
