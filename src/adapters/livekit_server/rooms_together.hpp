// Which rooms live on one media loop: a participant is shown in another room only there.
#pragma once

#include <functional>

#include "base/media.hpp"

namespace costage::livekit_server {

// Nothing is forwarded from one media loop to another.
struct RoomsTogether {
  // The two rooms live on one loop, and do so until `let_apart` of the second. False: they live on two.
  std::function<bool(const media::RoomSid& home, const media::RoomSid& other)> keep =
      [](const media::RoomSid&, const media::RoomSid&) { return true; };
  std::function<void(const media::RoomSid& other)> let_apart = [](const media::RoomSid&) {};
};

}  // namespace costage::livekit_server
