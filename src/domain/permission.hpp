// Who somebody is in a room, and what that allows.
#pragma once

#include "domain/actor.hpp"
#include "domain/roles.hpp"
#include "domain/room_state.hpp"

namespace costage::domain {

// In this room; being an admin is a role beside it.
Role role_of(const RoomState& state, const Actor& actor);
// Whether the actor's role, or being an admin, allows the action here.
bool permitted(const RoomState& state, const Actor& actor, Action action, Relation relation = Relation::other);
// Outside of any room, where nobody is a host or a co-host.
bool permitted(const Actor& actor, Action action, Relation relation = Relation::other);

}  // namespace costage::domain
