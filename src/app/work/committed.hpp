// What was committed, for everybody who must hear of it.
#pragma once

#include <functional>

#include "domain/chat/chat.hpp"
#include "domain/chat/events.hpp"
#include "domain/room_state.hpp"

namespace costage::app {

// The events of one command, in order, and the room after them.
struct Committed {
  const domain::Events& events;
  const domain::RoomState& state;
};
// Called on the control loop, after the commit and before the answer of the use case; per room in order of seq.
using CommitListener = std::function<void(const Committed&)>;

// The same of a chat, which has a history of its own.
struct ChatCommitted {
  const domain::ChatEvents& events;
  const domain::Chat& chat;  // after them
};
using ChatListener = std::function<void(const ChatCommitted&)>;

}  // namespace costage::app
