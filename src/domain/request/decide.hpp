#pragma once

#include "domain/decision.hpp"
#include "domain/errors.hpp"
#include "domain/request/commands.hpp"

namespace costage::domain {

Answer<Events> decide_request(const RoomState& state, const RequestCommand& command, WallTime now);

// Of this person, if one waits: nobody is in the queue who is invited or on stage.
void end_request(Decision& decision, const UserId& user, RequestStatus status);
// Those whose time has come.
void expire_requests(Decision& decision);
// Of a show that is over: nobody waits any more.
void end_all_requests(Decision& decision);

}  // namespace costage::domain
