// What is known of somebody who may be invited: the facts from outside the room that the decision needs.
#pragma once

#include "app/ports/storage.hpp"
#include "app/request.hpp"
#include "domain/room_state.hpp"

namespace costage::app {

struct Context;

// With what this node knows: whether they watch, and what their page says of itself.
domain::Invite invite_of(const Context& in, const Caller& caller, const domain::RoomId& room,
                         const domain::UserId& invitee);
// Adds what is stored.
void complete(Transaction& tx, domain::Invite& invite, const domain::RoomState& state, WallTime now);
// Whether the host or somebody on stage has blocked this person.
bool is_blocked(Transaction& tx, const domain::RoomState& state, const domain::UserId& user);

}  // namespace costage::app
