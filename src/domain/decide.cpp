#include "domain/decide.hpp"

#include "base/overloaded.hpp"
#include "domain/invitation/decide.hpp"
#include "domain/request/decide.hpp"
#include "domain/room/decide.hpp"
#include "domain/stage/decide.hpp"

namespace costage::domain {
namespace {

Events decide_on_time(const RoomState& state, WallTime now) {
  Decision decision{state, now};
  expire_invitations(decision);
  expire_requests(decision);
  if (state.room.reconnect_by && *state.room.reconnect_by <= now)
    end_grace(decision);
  else
    release_seats(decision);
  return decision.take();
}

}  // namespace

Answer<Events> decide(const RoomState& state, const Command& command, WallTime now) {
  return std::visit(Overloaded{[&](const RoomCommand& c) { return decide_room(state, c, now); },
                               [&](const StageCommand& c) { return decide_stage(state, c, now); },
                               [&](const InvitationCommand& c) { return decide_invitation(state, c, now); },
                               [&](const RequestCommand& c) { return decide_request(state, c, now); },
                               [&](const TimePassed&) { return Answer<Events>{decide_on_time(state, now)}; }},
                    command);
}

}  // namespace costage::domain
