// Who somebody is in a room, and what that allows.
#pragma once

#include "domain/actor.hpp"
#include "domain/errors.hpp"
#include "domain/roles.hpp"
#include "domain/room_state.hpp"

namespace costage::domain {

// What a room knows of one person: enough to say what they may. A null pointer: nothing.
struct Footing {
  const Room& room;
  const Seat* seat = nullptr;
  const Standing* standing = nullptr;
};
[[nodiscard]] Footing footing(const RoomState& state, const UserId& user);

// In this room; being an admin is a role beside it.
Role role_of(const RoomState& state, const Actor& actor);
Role role_of(const Footing& footing, const Actor& actor);
// Whether the actor's role, or being an admin, allows the action here.
bool permitted(const RoomState& state, const Actor& actor, Action action, Relation relation = Relation::other);
bool permitted(const Footing& footing, const Actor& actor, Action action, Relation relation = Relation::other);
// Why somebody is not permitted what they ask for: banned, or their role does not allow it.
[[nodiscard]] Code denied(const RoomState& state, const Actor& actor);
[[nodiscard]] Code denied(const Footing& footing, const Actor& actor);
// What of that which is not for everybody they may read.
[[nodiscard]] Sight sight_of(const RoomState& state, const Actor& actor);
// Outside of any room, where nobody is a host or a co-host.
bool permitted(const Actor& actor, Action action, Relation relation = Relation::other);

}  // namespace costage::domain
