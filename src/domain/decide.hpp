// The one place where a room changes: a command gives events or a named refusal. No events: nothing changed.
#pragma once

#include <optional>

#include "domain/command.hpp"
#include "domain/errors.hpp"
#include "domain/room_state.hpp"

namespace costage::domain {

Answer<Events> create_room(const CreateRoom& command, WallTime now);
Answer<Events> decide(const RoomState& state, const Command& command, WallTime now);

// Why this invitation would be refused, or nothing: the same rules as `decide`, for lists that say who can be invited.
std::optional<Refusal> why_not_invite(const RoomState& state, const Invite& command, WallTime now);

}  // namespace costage::domain
