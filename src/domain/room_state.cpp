#include "domain/room_state.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace costage::domain {

RoomState apply(RoomState state, const Event& event) {
  COSTAGE_CHECK(event.seq == state.seq + 1, "events are applied in order, without a hole");
  state.seq = event.seq;
  apply(state.room, event);
  apply(state.stage, event);
  apply(state.invitations, event);
  apply(state.requests, event);
  apply(state.scene, event);
  apply(state.run_of_show, event);
  apply(state.egresses, event);
  apply(state.standings, event);
  forget_past(state.invitations, state.stage, event.at);
  forget_past(state.requests, event.at);
  return state;
}

RoomState replay(RoomState state, const Events& events) {
  for (const Event& event : events) state = apply(std::move(state), event);
  return state;
}

std::optional<WallTime> next_deadline(const RoomState& state) {
  std::optional<WallTime> earliest;
  const auto over = ending(state.room);
  for (const auto& time : {over ? std::optional{over->at} : std::nullopt, state.room.reconnect_by,
                           next_deadline(state.stage), next_deadline(state.invitations), next_deadline(state.requests)})
    if (time) earliest = std::min(earliest.value_or(*time), *time);
  return earliest;
}

std::string check(const RoomState& state) {
  for (const auto check : {check_room, check_stage, check_invitations, check_requests, check_scene, check_run_of_show,
                           check_egresses, check_standings})
    if (auto broken = check(state); !broken.empty()) return broken;
  return {};
}

}  // namespace costage::domain
