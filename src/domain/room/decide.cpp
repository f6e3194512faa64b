// Commands on the room itself: create, update, stop.
#include "domain/room/decide.hpp"

#include "base/text.hpp"
#include "domain/decide.hpp"
#include "domain/invitation/decide.hpp"
#include "domain/limits.hpp"
#include "domain/permission.hpp"
#include "domain/stage/decide.hpp"

namespace costage::domain {
namespace {

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

std::optional<Refusal> too_long(const std::string& text, std::size_t limit, const char* field) {
  if (characters(text) <= limit) return {};
  return Refusal::invalid(field, "It must not be longer than " + std::to_string(limit) + " characters.");
}

std::optional<Refusal> bad_metadata(const std::string& metadata) {
  if (metadata.size() <= limits::kMetadata) return {};
  return Refusal::invalid("metadata", "It must not be longer than " + std::to_string(limits::kMetadata) + " bytes.");
}

std::optional<Refusal> bad_title(const std::string& title) {
  if (is_blank(title)) return Refusal::invalid("title", "A room needs a title.");
  return too_long(title, limits::kTitle, "title");
}

std::optional<Refusal> bad_texts(const Room& room) {
  if (auto bad = bad_title(room.title)) return bad;
  if (auto bad = too_long(room.description, limits::kDescription, "description")) return bad;
  if (auto bad = bad_metadata(room.metadata)) return bad;
  if (auto bad = too_long(room.external_id, limits::kExternalId, "externalId")) return bad;
  if (auto bad = bad_user_id(room.host, "hostId")) return bad;
  return too_long(room.host_name, limits::kUserName, "hostName");
}

Room new_room(const CreateRoom& command, WallTime now) {
  Room room;
  room.id = command.id;
  room.title = command.title;
  room.description = command.description;
  room.metadata = command.metadata;
  room.external_id = command.external_id;
  room.chat_enabled = command.chat_enabled;
  room.host = command.host.value_or(command.actor.user);
  room.host_name = room.host == command.actor.user ? command.actor.name : command.host_name;
  if (room.host_name.empty()) room.host_name = room.host.value();
  room.created_at = now;
  return room;
}

Room changed(const Room& room, const UpdateRoom& changes) {
  Room next = room;
  next.title = changes.title.value_or(room.title);
  next.description = changes.description.value_or(room.description);
  next.metadata = changes.metadata.value_or(room.metadata);
  return next;
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
  Room next = changed(state.room, command);
  if (auto bad = bad_texts(next)) return refuse(*bad);
  const auto policies = change(state.room.policies, command.policies);
  if (!policies) return refuse(policies.error());
  next.policies = *policies;
  if (state.stage.co_hosts() > static_cast<std::size_t>(next.policies.max_co_hosts))
    return refuse(Refusal::invalid("policies.maxCoHosts", "More co-hosts than that are on stage now."));
  Decision decision{state, now, command.actor.user};
  if (next != state.room) put_room(decision, EventType::room_updated, std::move(next));
  return decision.take();
}

Answer<Events> decide_on(const RoomState& state, const StopRoom& command, WallTime now) {
  if (!permitted(state, command.actor, Action::stop_room)) return refuse(Code::not_permitted);
  if (!is_open(state.room.status)) return refuse(Code::room_ended);
  Decision decision{state, now, command.actor.user};
  end_room(decision, LeaveReason::ended);
  return decision.take();
}

}  // namespace

Answer<Events> create_room(const CreateRoom& command, WallTime now) {
  Room room = new_room(command, now);
  if (!permitted(command.actor, Action::create_room)) return refuse(Code::not_permitted);
  if (room.host != command.actor.user && !command.actor.admin) return refuse(Code::not_permitted);
  if (auto bad = bad_texts(room)) return refuse(*bad);
  // Also where it does not matter, because the caller hosts: the same body is right or wrong for everybody.
  if (auto bad = too_long(command.host_name, limits::kUserName, "hostName")) return refuse(*bad);
  const auto policies = change(Policies{}, command.policies);
  if (!policies) return refuse(policies.error());
  room.policies = *policies;
  Decision decision{RoomState{}, now, command.actor.user};
  put_room(decision, EventType::room_created, std::move(room));
  return decision.take();
}

Answer<Events> decide_room(const RoomState& state, const RoomCommand& command, WallTime now) {
  return std::visit([&](const auto& c) { return decide_on(state, c, now); }, command);
}

void room_becomes(Decision& decision, RoomStatus status) {
  Room next = decision.state().room;
  // A room that waits already gets a new grace when the media server was lost meanwhile.
  COSTAGE_CHECK(may_become(next.status, status) || (next.status == status && status == RoomStatus::waiting_reconnect),
                "rooms move along the table");
  const WallTime now = decision.now();
  next.status = status;
  next.reconnect_by.reset();
  if (status == RoomStatus::live && !next.live_at) next.live_at = now;
  if (status == RoomStatus::ended) next.ended_at = now;
  if (status == RoomStatus::waiting_reconnect) next.reconnect_by = now + next.policies.reconnect_grace;
  put_room(decision, event_for(status), std::move(next));
}

void end_room(Decision& decision, LeaveReason for_host) {
  end_all_seats(decision, for_host);
  end_all_pending(decision);
  room_becomes(decision, RoomStatus::ended);
}

}  // namespace costage::domain
