// The one place where a room changes: a command gives events or a named refusal. No events: nothing changed.
#pragma once

#include <optional>

#include "domain/commands.hpp"
#include "domain/state.hpp"

namespace costage::domain {

Answer<Events> create_room(const CreateRoom& command, WallTime now);
Answer<Events> decide(const RoomState& state, const Command& command, WallTime now);

// In this room; being an admin is a role beside it.
Role role_of(const RoomState& state, const Actor& actor);
// Whether the actor's role, or being an admin, allows the action here.
bool permitted(const RoomState& state, const Actor& actor, Action action, Relation relation = Relation::other);
// Where the stage is not known: nothing that a seat gives.
bool permitted(const Room& room, const Actor& actor, Action action);
// Outside of any room.
bool permitted(const Actor& actor, Action action);

// Why this invitation would be refused, or nothing: the same rules as `decide`, for lists that say who can be invited.
std::optional<Refusal> why_not_invite(const RoomState& state, const Invite& command, WallTime now);

}  // namespace costage::domain
