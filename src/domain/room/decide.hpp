#pragma once

#include "domain/decision.hpp"
#include "domain/errors.hpp"
#include "domain/room/commands.hpp"

namespace costage::domain {

Answer<Events> decide_room(const RoomState& state, const RoomCommand& command, WallTime now);

// The room moves along the table of room.cpp, with what belongs to the new status.
void room_becomes(Decision& decision, RoomStatus status, std::optional<EndReason> why = {});
// Who presided is off the air: the show waits for the grace, as if the connection were lost (D10).
void room_loses(Decision& decision, const UserId& user);
// Somebody is on air: the show is on, with its host if that is who it is.
void room_gains(Decision& decision, const UserId& user);
// The grace is over: who stands in goes on, or the show is over (D12).
void end_grace(Decision& decision);
// Everybody leaves, nothing stays pending, the room is over.
void end_room(Decision& decision, EndReason why);
// Marks since when nobody on stage sends anything, where the policy ends such a show.
void notice_quiet(Decision& decision);

}  // namespace costage::domain
