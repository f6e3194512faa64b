// What was committed, for everybody who must hear of it.
#pragma once

#include <functional>

#include "domain/room_state.hpp"

namespace costage::app {

// The events of one command, in order, and the room after them.
struct Committed {
  const domain::Events& events;
  const domain::RoomState& state;
};
// Called on the control loop, after the commit and before the answer of the use case; per room in order of seq.
using CommitListener = std::function<void(const Committed&)>;

}  // namespace costage::app
