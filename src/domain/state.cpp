#include "domain/state.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "base/overloaded.hpp"
#include "domain/limits.hpp"

namespace costage::domain {
namespace {

void put_invitation(RoomState& state, const Invitation& invitation) {
  const auto at = std::ranges::find(state.invitations, invitation.invitee, &Invitation::invitee);
  if (at != state.invitations.end() && at->id == invitation.id) {
    *at = invitation;
    return;
  }
  if (at != state.invitations.end()) state.invitations.erase(at);
  state.invitations.push_back(invitation);
}

void count_invite(RoomState& state, const Event& event) {
  if (event.type != EventType::invitation_created && event.type != EventType::invitation_resent) return;
  state.recent_invites.push_back(event.at);
  if (state.recent_invites.size() > limits::kInvitesPerWindow) state.recent_invites.erase(state.recent_invites.begin());
}

void mark_admission(RoomState& state, const UserId& invitee, Admission admission) {
  const auto at = std::ranges::find(state.invitations, invitee, &Invitation::invitee);
  if (at != state.invitations.end()) at->admission = admission;
}

void apply_stage(RoomState& state, const Event& event, const StageChange& change) {
  state.stage = change.stage;
  if (change.seat.role == SeatRole::host) return;
  if (event.type == EventType::stage_prepared) mark_admission(state, change.seat.user, Admission::used);
  if (change.reason == LeaveReason::removed) mark_admission(state, change.seat.user, Admission::revoked);
}

}  // namespace

const Invitation* RoomState::find(const InvitationId& id) const {
  const auto at = std::ranges::find(invitations, id, &Invitation::id);
  return at == invitations.end() ? nullptr : &*at;
}

const Invitation* RoomState::newest_for(const UserId& invitee) const {
  const auto at = std::ranges::find(invitations, invitee, &Invitation::invitee);
  return at == invitations.end() ? nullptr : &*at;
}

RoomState apply(RoomState state, const Event& event) {
  COSTAGE_CHECK(event.seq == state.seq + 1, "events are applied in order, without a hole");
  state.seq = event.seq;
  std::visit(Overloaded{[&](const RoomChange& change) { state.room = change.room; },
                        [&](const InvitationChange& change) {
                          put_invitation(state, change.invitation);
                          count_invite(state, event);
                        },
                        [&](const StageChange& change) { apply_stage(state, event, change); }},
             event.data);
  return state;
}

RoomState replay(RoomState state, const Events& events) {
  for (const Event& event : events) state = apply(std::move(state), event);
  return state;
}

std::optional<WallTime> next_deadline(const RoomState& state) {
  std::optional<WallTime> earliest = state.room.reconnect_by;
  const auto consider = [&](WallTime time) { earliest = std::min(earliest.value_or(time), time); };
  for (const Invitation& invitation : state.invitations)
    if (invitation.status == InvitationStatus::pending) consider(invitation.expires_at);
  for (const Seat& seat : state.stage.seats)
    if (seat.release_at) consider(*seat.release_at);
  return earliest;
}

}  // namespace costage::domain
