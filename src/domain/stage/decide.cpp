// Commands of people on the stage: open a lease, leave, remove.
#include "domain/stage/decide.hpp"

#include "domain/invitation/decide.hpp"
#include "domain/limits.hpp"
#include "domain/permission.hpp"
#include "domain/room/decide.hpp"

namespace costage::domain {
namespace {

// How a past invitation ended; one that once admitted somebody does so no more.
Refusal why_not_invited(const std::optional<Invitation>& past, WallTime now) {
  const InvitationStatus status = past ? status_at(*past, now) : InvitationStatus::accepted;
  return status == InvitationStatus::accepted ? Code::not_invited : refusal_for(status);
}

// S-053..S-056: an accepted invitation, a room that is live, and a free seat.
std::optional<Refusal> why_no_co_host_seat(const RoomState& state, const OpenLease& command, WallTime now) {
  if (auto refusal = why_not_admitted(state, command.actor.user, command.past, now)) return refusal;
  if (state.room.status == RoomStatus::idle) return Code::room_not_live;
  if (state.stage.co_hosts() >= static_cast<std::size_t>(state.room.policies.max_co_hosts)) return Code::stage_full;
  return {};
}

Seat new_seat(const RoomState& state, const OpenLease& command, WallTime now) {
  Seat seat;
  seat.user = command.actor.user;
  seat.name = command.actor.name;
  seat.role = command.actor.user == state.room.host ? SeatRole::host : SeatRole::co_host;
  seat.lease = command.lease;
  seat.epoch = state.stage.last_epoch + 1;
  seat.joined_at = now;
  seat.release_at = now + limits::kPrepareTime;
  return seat;
}

// Somebody who prepares and asks again gets more time, but not an event per request.
bool wants_more_time(const Seat& seat, WallTime now) {
  return seat.state == SeatState::preparing && seat.release_at && *seat.release_at - now < limits::kPrepareTime / 2;
}

Events keep_lease(const RoomState& state, Seat seat, WallTime now) {
  Decision decision{state, now, seat.user};
  if (wants_more_time(seat, now)) {
    seat.release_at = now + limits::kPrepareTime;
    put_seat(decision, EventType::stage_prepared, std::move(seat));
  }
  return decision.take();
}

Answer<Events> decide_on(const RoomState& state, const OpenLease& command, WallTime now) {
  const UserId& user = command.actor.user;
  if (!permitted(state, command.actor, Action::open_lease, Relation::own)) return refuse(denied(state, command.actor));
  if (!is_open(state.room.status)) return refuse(Code::room_ended);
  const Seat* held = state.stage.find(user);
  if (command.reclaim && (held == nullptr || held->lease != *command.reclaim)) return refuse(Code::seat_lost);
  const bool is_second = held != nullptr && !command.reclaim && held->link == Link::up;
  if (is_second && state.room.policies.second_window == SecondWindow::refused) return refuse(Code::on_stage_elsewhere);
  if (held != nullptr) return keep_lease(state, *held, now);
  if (user != state.room.host)
    if (auto refusal = why_no_co_host_seat(state, command, now)) return refuse(*refusal);
  Decision decision{state, now, user};
  put_seat(decision, EventType::stage_prepared, new_seat(state, command, now));
  return decision.take();
}

Answer<Events> decide_on(const RoomState& state, const LeaveStage& command, WallTime now) {
  const UserId& user = command.actor.user;
  if (!permitted(state, command.actor, Action::leave_stage, Relation::own)) return refuse(Code::not_permitted);
  if (state.stage.find(user) == nullptr)
    return refuse(is_open(state.room.status) ? Code::not_on_stage : Code::room_ended);
  Decision decision{state, now, user};
  end_seat(decision, user, LeaveReason::left);
  room_loses(decision, user);
  return decision.take();
}

Answer<Events> decide_on(const RoomState& state, const RemoveFromStage& command, WallTime now) {
  const Relation relation = command.user == command.actor.user ? Relation::own : Relation::other;
  if (!permitted(state, command.actor, Action::remove_from_stage, relation)) return refuse(Code::not_permitted);
  if (!is_open(state.room.status)) return refuse(Code::room_ended);
  if (command.user == state.room.host && state.stage.find(command.user) != nullptr) return refuse(Code::not_permitted);
  Decision decision{state, now, command.actor.user};
  if (revoke_place(decision, command.user)) return decision.take();
  if (state.stage.find(command.user) == nullptr) return refuse(Code::not_on_stage);
  end_seat(decision, command.user, LeaveReason::removed);
  room_loses(decision, command.user);
  return decision.take();
}

// Whose devices may be acted on: of somebody on stage, and the host's only by who has the host's rights.
Answer<Seat> seat_of_another(const RoomState& state, const Actor& actor, const UserId& user, Action action) {
  const Relation relation = user == actor.user ? Relation::own : Relation::other;
  if (!permitted(state, actor, action, relation)) return refuse(Code::not_permitted);
  if (!is_open(state.room.status)) return refuse(Code::room_ended);
  const Seat* seat = state.stage.find(user);
  if (seat == nullptr) return refuse(Code::not_on_stage);
  if (user == state.room.host && !permitted(state, actor, Action::set_permissions)) return refuse(Code::not_permitted);
  return *seat;
}

bool is_nothing(const TrackSources& sources) { return sources == TrackSources{}; }

Refusal no_sources() { return Refusal::invalid("", "It must name microphone, camera or screen."); }

Answer<Events> decide_on(const RoomState& state, const SwitchOff& command, WallTime now) {
  auto seat = seat_of_another(state, command.actor, command.user, Action::switch_off_others);
  if (!seat) return refuse(seat.error());
  if (is_nothing(command.sources)) return refuse(no_sources());
  Decision decision{state, now, command.actor.user};
  decision.emit(EventType::stage_switched_off, StageChange{std::move(*seat), state.stage, {}, command.sources});
  return decision.take();
}

Answer<Events> decide_on(const RoomState& state, const AskToSwitchOn& command, WallTime now) {
  auto seat = seat_of_another(state, command.actor, command.user, Action::ask_to_switch_on);
  if (!seat) return refuse(seat.error());
  if (is_nothing(command.sources)) return refuse(no_sources());
  Decision decision{state, now, command.actor.user};
  decision.emit(EventType::stage_switch_on_asked, StageChange{std::move(*seat), state.stage, {}, command.sources});
  return decision.take();
}

Answer<Events> decide_on(const RoomState& state, const SetPermissions& command, WallTime now) {
  auto seat = seat_of_another(state, command.actor, command.user, Action::set_permissions);
  if (!seat) return refuse(seat.error());
  if (seat->role == SeatRole::host) return refuse(Code::not_permitted);
  Decision decision{state, now, command.actor.user};
  if (seat->permissions == command.permissions) return decision.take();
  seat->permissions = command.permissions;
  put_seat(decision, EventType::stage_permissions_changed, std::move(*seat));
  return decision.take();
}

}  // namespace

Answer<Events> decide_stage(const RoomState& state, const StageCommand& command, WallTime now) {
  return std::visit([&](const auto& c) { return decide_on(state, c, now); }, command);
}

std::optional<Refusal> why_not_admitted(const RoomState& state, const UserId& user,
                                        const std::optional<Invitation>& past, WallTime now) {
  const Invitation* invitation = state.invitations.newest_for(user);
  if (invitation == nullptr) return why_not_invited(past, now);
  const InvitationStatus status = status_at(*invitation, now);
  if (status != InvitationStatus::accepted) return refusal_for(status);
  return {};
}

void put_seat(Decision& decision, EventType type, Seat seat) {
  Stage stage = decision.state().stage;
  put_seat(stage, seat);
  decision.emit(type, StageChange{std::move(seat), std::move(stage), {}, {}});
}

void end_seat(Decision& decision, const UserId& user, LeaveReason reason) {
  Stage stage = decision.state().stage;
  const Seat* held = stage.find(user);
  COSTAGE_CHECK(held != nullptr, "a seat that ends is held");
  Seat seat = *held;
  drop_seat(stage, user);
  decision.emit(EventType::stage_left, StageChange{std::move(seat), std::move(stage), reason, {}});
}

void end_all_seats(Decision& decision, LeaveReason for_host) {
  const Stage stage = decision.state().stage;
  for (const Seat& seat : stage.seats)
    end_seat(decision, seat.user, seat.role == SeatRole::host ? for_host : LeaveReason::ended);
}

void release_seats(Decision& decision) {
  const Stage stage = decision.state().stage;
  for (const Seat& seat : stage.seats)
    if (seat.release_at && *seat.release_at <= decision.now()) end_seat(decision, seat.user, LeaveReason::timeout);
}

}  // namespace costage::domain
