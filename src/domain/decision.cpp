#include "domain/decision.hpp"

#include <utility>
#include <vector>

#include "base/check.hpp"

namespace costage::domain {
namespace {

EventType event_for(RoomStatus status) {
  switch (status) {
    case RoomStatus::live:
      return EventType::room_live;
    case RoomStatus::waiting_reconnect:
      return EventType::room_waiting_reconnect;
    case RoomStatus::ended:
      return EventType::room_ended;
    default:
      COSTAGE_CHECK(false, "no command leads to this status");
  }
}

EventType event_for(InvitationStatus status) {
  switch (status) {
    case InvitationStatus::accepted:
      return EventType::invitation_accepted;
    case InvitationStatus::rejected:
      return EventType::invitation_rejected;
    case InvitationStatus::cancelled:
      return EventType::invitation_cancelled;
    case InvitationStatus::expired:
      return EventType::invitation_expired;
    case InvitationStatus::pending:
      break;
  }
  COSTAGE_CHECK(false, "no invitation becomes pending again");
}

Role role_without_seat(const Room& room, const Actor& actor) {
  if (actor.guest_of) return Role::guest;
  return actor.user == room.host ? Role::host : Role::viewer;
}

bool permitted_as(Role role, const Room& room, const Actor& actor, Action action, Relation relation) {
  if (actor.guest_of && (actor.guest_of != room.id || !room.policies.guests_may_watch)) return false;
  const bool as_admin = actor.admin && !actor.guest_of && may(action, Role::admin, relation);
  return as_admin || may(action, role, relation);
}

}  // namespace

void Decision::emit(EventType type, EventData data) {
  events_.push_back({state_.seq + 1, type, now_, actor_, std::move(data)});
  state_ = apply(std::move(state_), events_.back());
}

void Decision::room(EventType type, Room room) {
  room.updated_at = now_;
  ++room.version;
  emit(type, RoomChange{std::move(room)});
}

void Decision::room_becomes(RoomStatus status) {
  Room next = state_.room;
  // A room that waits already gets a new grace when the media server was lost meanwhile.
  COSTAGE_CHECK(may_become(next.status, status) || (next.status == status && status == RoomStatus::waiting_reconnect),
                "rooms move along the table");
  next.status = status;
  next.reconnect_by.reset();
  if (status == RoomStatus::live && !next.live_at) next.live_at = now_;
  if (status == RoomStatus::ended) next.ended_at = now_;
  if (status == RoomStatus::waiting_reconnect) next.reconnect_by = now_ + next.policies.reconnect_grace;
  room(event_for(status), std::move(next));
}

void Decision::invitation(EventType type, Invitation invitation) {
  emit(type, InvitationChange{std::move(invitation)});
}

void Decision::invitation_becomes(const Invitation& invitation, InvitationStatus status) {
  COSTAGE_CHECK(may_become(invitation.status, status), "only pending moves");
  Invitation next = invitation;
  next.status = status;
  next.responded_at = now_;
  if (status == InvitationStatus::rejected) ++next.declines;
  this->invitation(event_for(status), std::move(next));
}

void Decision::seat(EventType type, Seat seat) {
  Stage stage = state_.stage;
  put_seat(stage, seat);
  emit(type, StageChange{std::move(seat), std::move(stage), {}});
}

void Decision::seat_ends(const UserId& user, LeaveReason reason) {
  const Seat* held = state_.stage.find(user);
  COSTAGE_CHECK(held != nullptr, "a seat that ends is held");
  Seat seat = *held;
  Stage stage = state_.stage;
  drop_seat(stage, user);
  emit(EventType::stage_left, StageChange{std::move(seat), std::move(stage), reason});
}

void Decision::end_room(LeaveReason for_host) {
  const Stage stage = state_.stage;
  for (const Seat& seat : stage.seats)
    seat_ends(seat.user, seat.role == SeatRole::host ? for_host : LeaveReason::ended);
  const std::vector<Invitation> invitations = state_.invitations;
  for (const Invitation& invitation : invitations) {
    if (invitation.status != InvitationStatus::pending) continue;
    invitation_becomes(invitation,
                       has_run_out(invitation, now_) ? InvitationStatus::expired : InvitationStatus::cancelled);
  }
  room_becomes(RoomStatus::ended);
}

Role role_of(const RoomState& state, const Actor& actor) {
  const Role role = role_without_seat(state.room, actor);
  return role == Role::viewer && state.stage.find(actor.user) != nullptr ? Role::co_host : role;
}

bool permitted(const RoomState& state, const Actor& actor, Action action, Relation relation) {
  return permitted_as(role_of(state, actor), state.room, actor, action, relation);
}

bool permitted(const Room& room, const Actor& actor, Action action) {
  return permitted_as(role_without_seat(room, actor), room, actor, action, Relation::other);
}

bool permitted(const Actor& actor, Action action) {
  if (actor.guest_of) return may(action, Role::guest);
  return may(action, Role::viewer) || (actor.admin && may(action, Role::admin));
}

Answer<Events> decide(const RoomState& state, const Command& command, WallTime now) {
  return std::visit([&](const auto& c) { return decide_on(state, c, now); }, command);
}

}  // namespace costage::domain
