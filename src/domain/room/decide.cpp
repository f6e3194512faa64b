// Commands on the room itself: create, update, stop.
#include "domain/room/decide.hpp"

#include <algorithm>

#include "domain/decide.hpp"
#include "domain/invitation/decide.hpp"
#include "domain/limits.hpp"
#include "domain/permission.hpp"
#include "domain/request/decide.hpp"
#include "domain/stage/decide.hpp"

namespace costage::domain {
namespace {

std::optional<Refusal> bad_room(const Room& room) {
  if (auto bad = bad_details(room)) return bad;
  if (auto bad = too_long(room.external_id, limits::kExternalId, "externalId")) return bad;
  if (auto bad = bad_user_id(room.host, "hostId")) return bad;
  return too_long(room.host_name, limits::kUserName, "hostName");
}

Room new_room(const CreateRoom& command, WallTime now) {
  Room room{command};
  room.id = command.id;
  room.external_id = command.external_id;
  room.chat_enabled = command.chat_enabled;
  room.media_region = command.media_region;
  room.host = command.host.value_or(command.actor.user);
  room.host_name = room.host == command.actor.user ? command.actor.name : command.host_name;
  if (room.host_name.empty()) room.host_name = room.host.value();
  room.created_at = now;
  return room;
}

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

void put_room(Decision& decision, EventType type, Room room) {
  room.updated_at = decision.now();
  ++room.version;
  decision.emit(type, RoomChange{std::move(room)});
}

Answer<Events> decide_on(const RoomState& state, const UpdateRoom& command, WallTime now) {
  if (!permitted(state, command.actor, Action::update_room)) return refuse(Code::not_permitted);
  if (auto bad = bad_details(command)) return refuse(*bad);
  if (auto bad = bad_schedule(command, state.room.scheduled_at, now)) return refuse(*bad);
  Room next = state.room;
  static_cast<RoomDetails&>(next) = command;
  if (state.stage.co_hosts() > static_cast<std::size_t>(next.policies.max_co_hosts))
    return refuse(Refusal::invalid("policies.maxCoHosts", "More co-hosts than that are on stage now."));
  Decision decision{state, now, command.actor.user};
  if (next != state.room) put_room(decision, EventType::room_updated, std::move(next));
  return decision.take();
}

Answer<Events> decide_on(const RoomState& state, const StopRoom& command, WallTime now) {
  if (!permitted(state, command.actor, Action::stop_room)) return refuse(Code::not_permitted);
  if (!is_open(state.room.status)) return refuse(Code::room_ended);
  // Who only stands in does not end it for a host who may still come back.
  const bool stands_in = state.room.acting_host == command.actor.user && !command.actor.admin;
  if (stands_in && state.room.reconnect_by && now < *state.room.reconnect_by)
    return refuse(
        Refusal{Code::host_may_return, std::chrono::ceil<std::chrono::seconds>(*state.room.reconnect_by - now)});
  Decision decision{state, now, command.actor.user};
  end_room(decision, EndReason::stopped);
  return decision.take();
}

Answer<Events> decide_on(const RoomState& state, const NameSuccessor& command, WallTime now) {
  if (!permitted(state, command.actor, Action::name_successor)) return refuse(Code::not_permitted);
  if (!is_open(state.room.status)) return refuse(Code::room_ended);
  if (command.user == state.room.host) return refuse(Code::invitee_is_host);
  if (command.user && state.stage.find(*command.user) == nullptr) return refuse(Code::not_on_stage);
  Decision decision{state, now, command.actor.user};
  Room next = state.room;
  next.successor = command.user;
  if (next != state.room) put_room(decision, EventType::room_updated, std::move(next));
  return decision.take();
}

Answer<Events> decide_on(const RoomState& state, const SetCover& command, WallTime now) {
  if (!permitted(state, command.actor, Action::update_room)) return refuse(denied(state, command.actor));
  Decision decision{state, now, command.actor.user};
  Room next = state.room;
  // Another cover is another time, also within the same millisecond.
  const WallTime after_last = next.cover_at.value_or(WallTime{}) + std::chrono::milliseconds{1};
  next.cover_at = command.there ? std::optional{std::max(now, after_last)} : std::nullopt;
  if (next != state.room) put_room(decision, EventType::room_updated, std::move(next));
  return decision.take();
}

Answer<Events> decide_on(const RoomState& state, const CarryMedia& command, WallTime now) {
  if (!is_open(state.room.status) || state.room.media_node != command.instead_of) return Events{};
  Decision decision{state, now};
  Room next = state.room;
  next.media_node = command.node;
  ++next.media_epoch;
  put_room(decision, EventType::room_media_moved, std::move(next));
  lose_media(decision);
  return decision.take();
}

bool is_on_air(const Stage& stage, const std::optional<UserId>& user) {
  const Seat* seat = user ? stage.find(*user) : nullptr;
  return seat != nullptr && seat->state == SeatState::on_air;
}

}  // namespace

Answer<Events> create_room(const CreateRoom& command, WallTime now) {
  Room room = new_room(command, now);
  const Relation relation = room.host == command.actor.user ? Relation::own : Relation::other;
  if (!permitted(command.actor, Action::create_room, relation)) return refuse(Code::not_permitted);
  if (auto bad = bad_room(room)) return refuse(*bad);
  if (auto bad = bad_schedule(room, {}, now)) return refuse(*bad);
  // Also where it does not matter, because the caller hosts: the same body is right or wrong for everybody.
  if (auto bad = too_long(command.host_name, limits::kUserName, "hostName")) return refuse(*bad);
  Decision decision{RoomState{}, now, command.actor.user};
  put_room(decision, EventType::room_created, std::move(room));
  return decision.take();
}

Answer<Events> decide_room(const RoomState& state, const RoomCommand& command, WallTime now) {
  return std::visit([&](const auto& c) { return decide_on(state, c, now); }, command);
}

void room_becomes(Decision& decision, RoomStatus status, std::optional<EndReason> why) {
  Room next = decision.state().room;
  // A room that waits already gets a new grace when the media server was lost meanwhile.
  COSTAGE_CHECK(may_become(next.status, status) || (next.status == status && status == RoomStatus::waiting_reconnect),
                "rooms move along the table");
  const WallTime now = decision.now();
  next.status = status;
  next.reconnect_by.reset();
  next.quiet_since.reset();
  next.end_reason = why;
  if (status == RoomStatus::live && !next.live_at) next.live_at = now;
  if (status == RoomStatus::ended) next.ended_at = now;
  if (status == RoomStatus::waiting_reconnect) next.reconnect_by = now + next.policies.reconnect_grace;
  if (status == RoomStatus::ended) next.acting_host.reset();
  put_room(decision, event_for(status), std::move(next));
}

void room_loses(Decision& decision, const UserId& user) {
  const Room& room = decision.state().room;
  if (user != presiding(room)) return;
  if (room.status == RoomStatus::live) room_becomes(decision, RoomStatus::waiting_reconnect);
  Room next = decision.state().room;
  const bool has_successor = next.successor != user && is_on_air(decision.state().stage, next.successor);
  if (next.status != RoomStatus::waiting_reconnect || !has_successor || next.acting_host == next.successor) return;
  next.acting_host = next.successor;
  put_room(decision, EventType::room_updated, std::move(next));
}

void room_gains(Decision& decision, const UserId& user) {
  const Room& room = decision.state().room;
  const bool is_host = user == room.host;
  if (is_host && room.acting_host) {
    Room next = room;
    next.acting_host.reset();
    put_room(decision, EventType::room_updated, std::move(next));
  }
  if (user == presiding(decision.state().room) && decision.state().room.status != RoomStatus::live)
    room_becomes(decision, RoomStatus::live);
}

void end_grace(Decision& decision) {
  const RoomState& state = decision.state();
  if (!is_on_air(state.stage, state.room.acting_host)) return end_room(decision, EndReason::host_gone);
  release_seats(decision);
  room_becomes(decision, RoomStatus::live);
}

void end_room(Decision& decision, EndReason why) {
  end_all_seats(decision, why == EndReason::host_gone ? LeaveReason::timeout : LeaveReason::ended);
  end_all_pending(decision);
  end_all_requests(decision);
  room_becomes(decision, RoomStatus::ended, why);
}

void notice_quiet(Decision& decision) {
  const RoomState& state = decision.state();
  const bool counts = state.room.status == RoomStatus::live && state.room.policies.quiet_limit.count() > 0;
  const bool is_quiet = counts && std::ranges::none_of(state.stage.seats, sends);
  if (is_quiet == state.room.quiet_since.has_value()) return;
  Room next = state.room;
  next.quiet_since = is_quiet ? std::optional{decision.now()} : std::nullopt;
  put_room(decision, EventType::room_updated, std::move(next));
}

}  // namespace costage::domain
