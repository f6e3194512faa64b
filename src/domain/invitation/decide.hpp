#pragma once

#include "domain/decision.hpp"
#include "domain/errors.hpp"
#include "domain/invitation/commands.hpp"

namespace costage::domain {

Answer<Events> decide_invitation(const RoomState& state, const InvitationCommand& command, WallTime now);

// Those whose time has come.
void expire_invitations(Decision& decision);
// Takes back the place of somebody who accepted and is not on stage; false: they have none.
bool revoke_place(Decision& decision, const UserId& user);
// Of this person, who is turned out.
void end_pending(Decision& decision, const UserId& user);
// Of a show that is over: nothing stays pending.
void end_all_pending(Decision& decision);

}  // namespace costage::domain
