#pragma once

#include "domain/decision.hpp"
#include "domain/errors.hpp"
#include "domain/room/commands.hpp"

namespace costage::domain {

Answer<Events> decide_room(const RoomState& state, const RoomCommand& command, WallTime now);

// The room moves along the table of room.cpp, with what belongs to the new status.
void room_becomes(Decision& decision, RoomStatus status);
// Everybody leaves, nothing stays pending, the room is over.
void end_room(Decision& decision, LeaveReason for_host);

}  // namespace costage::domain
