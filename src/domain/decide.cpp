#include "domain/decide.hpp"

#include <algorithm>
#include <iterator>

#include "base/overloaded.hpp"
#include "domain/egress/decide.hpp"
#include "domain/invitation/decide.hpp"
#include "domain/moderation/decide.hpp"
#include "domain/request/decide.hpp"
#include "domain/room/decide.hpp"
#include "domain/run_of_show/decide.hpp"
#include "domain/scene/decide.hpp"
#include "domain/stage/decide.hpp"

namespace costage::domain {
namespace {

Events decide_on_time(const RoomState& state, WallTime now) {
  Decision decision{state, now};
  expire_invitations(decision);
  expire_requests(decision);
  const auto over = ending(state.room);
  if (over && over->at <= now)
    end_room(decision, over->why);
  else if (state.room.reconnect_by && *state.room.reconnect_by <= now)
    end_grace(decision);
  else
    release_seats(decision);
  return decision.take();
}

Answer<Events> decide_alone(const RoomState& state, const Command& command, WallTime now) {
  return std::visit(Overloaded{[&](const RoomCommand& c) { return decide_room(state, c, now); },
                               [&](const StageCommand& c) { return decide_stage(state, c, now); },
                               [&](const InvitationCommand& c) { return decide_invitation(state, c, now); },
                               [&](const RequestCommand& c) { return decide_request(state, c, now); },
                               [&](const SceneCommand& c) { return decide_scene(state, c, now); },
                               [&](const RunOfShowCommand& c) { return decide_run_of_show(state, c, now); },
                               [&](const EgressCommand& c) { return decide_egress(state, c, now); },
                               [&](const ModerationCommand& c) { return decide_moderation(state, c, now); },
                               [&](const TimePassed&) { return Answer<Events>{decide_on_time(state, now)}; }},
                    command);
}

// Whoever changes what is sent may start or end a silence.
Answer<Events> with_quiet(const RoomState& state, Events events, WallTime now) {
  RoomState after = replay(state, events);
  Decision decision{after, now};
  notice_quiet(decision);
  std::ranges::move(decision.take(), std::back_inserter(events));
  return events;
}

}  // namespace

Answer<Events> decide(const RoomState& state, const Command& command, WallTime now) {
  auto events = decide_alone(state, command, now);
  const bool is_asked_for = state.room.policies.quiet_limit.count() > 0 || std::holds_alternative<RoomCommand>(command);
  if (!events || events->empty() || !is_asked_for) return events;
  return with_quiet(state, std::move(*events), now);
}

}  // namespace costage::domain
