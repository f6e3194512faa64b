#include "adapters/realtime/frames.hpp"

#include <boost/json/serialize.hpp>

#include "adapters/contract/chat.hpp"
#include "adapters/contract/json.hpp"
#include "domain/limits.hpp"

namespace costage::realtime {
namespace {

namespace json = boost::json;
using contract::redacted;
using contract::to_json;

Frame frame(const json::object& message) { return http::Frame::text(json::serialize(message)); }

json::object answer(const json::value& id, std::string_view type) {
  json::object out;
  if (!id.is_null()) out["id"] = id;
  out["type"] = type;
  return out;
}

json::object snapshot_answer(const json::value& id, WallTime now) {
  json::object out = answer(id, "snapshot");
  out["now"] = contract::iso8601(now);
  return out;
}

template <class Items>
json::array array_of(const Items& items) {
  json::array out;
  for (const auto& item : items) out.push_back(to_json(item));
  return out;
}

json::array readiness_of(const app::RoomSnapshot& snapshot) {
  json::array out;
  for (const auto& [user, readiness] : snapshot.readiness) out.push_back(to_json(user, readiness));
  return out;
}

std::string_view name_in_room(domain::Role role) {
  switch (role) {
    case domain::Role::host:
      return "host";
    case domain::Role::co_host:
      return "coHost";
    case domain::Role::moderator:
      return "moderator";
    case domain::Role::guest:
      return "guest";
    default:
      return "viewer";
  }
}

Frame ephemeral(const Topic& topic, std::string_view kind, json::object data) {
  return frame({{"type", "ephemeral"}, {"topic", name(topic)}, {"kind", kind}, {"data", std::move(data)}});
}

Frame event_frame(const Topic& topic, const std::string& epoch, json::object event) {
  json::object out{{"type", "event"}, {"topic", name(topic)}};
  if (!epoch.empty()) out["epoch"] = epoch;
  out["event"] = std::move(event);
  return frame(out);
}

}  // namespace

Frame welcome(const std::string& connection, const std::string& user, WallTime now) {
  return frame({{"type", "welcome"},
                {"connectionId", connection},
                {"userId", user},
                {"now", contract::iso8601(now)},
                {"heartbeatSeconds", domain::limits::kPresenceHeartbeat.count()}});
}
Frame pong(const json::value& id, WallTime now) {
  json::object out = answer(id, "pong");
  out["now"] = contract::iso8601(now);
  return frame(out);
}

Frame unsubscribed(const json::value& id, const Topic& topic) {
  json::object out = answer(id, "unsubscribed");
  out["topic"] = name(topic);
  return frame(out);
}

Frame ended(const Topic& topic, const domain::Refusal& why) {
  return frame({{"type", "unsubscribed"},
                {"topic", name(topic)},
                {"code", domain::info(why.code).name},
                {"detail", why.sentence()}});
}

Frame error(const json::value& id, const domain::Refusal& refusal) {
  json::object out = answer(id, "error");
  out["code"] = domain::info(refusal.code).name;
  out["detail"] = refusal.sentence();
  return frame(out);
}

Frame resumed(const json::value& id, const Topic& topic, const std::string& epoch, std::uint64_t seq) {
  json::object out = answer(id, "resumed");
  out["topic"] = name(topic);
  out["epoch"] = epoch;
  out["seq"] = seq;
  return frame(out);
}

Frame room_snapshot(const json::value& id, const app::RoomSnapshot& snapshot, bool resync, WallTime now) {
  json::object out = snapshot_answer(id, now);
  out["topic"] = name(RoomTopic{snapshot.room.id});
  out["epoch"] = snapshot.epoch;
  out["seq"] = snapshot.seq;
  if (resync) out["resync"] = true;
  out["state"] = json::object{{"room", to_json(snapshot.room)},
                              {"stage", to_json(snapshot.room.id, snapshot.stage)},
                              {"scene", to_json(snapshot.scene)},
                              {"runOfShow", to_json(snapshot.run_of_show)},
                              {"invitations", array_of(snapshot.invitations)},
                              {"requests", array_of(snapshot.requests)},
                              {"readiness", readiness_of(snapshot)},
                              {"watching", snapshot.watching},
                              {"mediaAvailable", snapshot.media_available},
                              {"egressAvailable", snapshot.egress_available},
                              {"ingressAvailable", snapshot.ingress_available},
                              {"egresses", array_of(snapshot.egresses)},
                              {"standings", array_of(snapshot.standings)},
                              {"me", json::object{{"role", name_in_room(snapshot.role)}}}};
  return frame(out);
}

Frame chat_snapshot(const json::value& id, const app::ChatSnapshot& snapshot, bool resync, WallTime now) {
  json::object out = snapshot_answer(id, now);
  out["topic"] = name(ChatTopic{snapshot.chat.room});
  out["epoch"] = snapshot.epoch;
  out["seq"] = snapshot.chat.seq;
  if (resync) out["resync"] = true;
  out["state"] = to_json(snapshot);
  return frame(out);
}

Frame me_snapshot(const json::value& id, const app::Caller& me, const app::Page<domain::Invitation>& pending,
                  WallTime now) {
  json::object out = snapshot_answer(id, now);
  out["topic"] = "me";
  out["state"] = json::object{{"user", to_json(me)}, {"invitations", array_of(pending.items)}};
  return frame(out);
}

Frame rooms_snapshot(const json::value& id, const app::Page<domain::Room>& rooms, WallTime now) {
  json::object out = snapshot_answer(id, now);
  out["topic"] = "rooms";
  out["state"] = json::object{{"rooms", array_of(rooms.items)}};
  return frame(out);
}

Frame media(const domain::RoomId& room, bool available) {
  return ephemeral(RoomTopic{room}, "media", {{"mediaAvailable", available}});
}
Frame presence(const domain::RoomId& room, std::size_t watching) {
  return ephemeral(RoomTopic{room}, "presence", {{"watching", watching}});
}
Frame place(const domain::RoomId& room, std::size_t place, std::size_t waiting) {
  return ephemeral(RoomTopic{room}, "place", {{"place", place}, {"waiting", waiting}});
}

Frame reactions(const domain::RoomId& room, const app::ReactionCounts& counts) {
  return ephemeral(ChatTopic{room}, "reactions", {{"reactions", to_json(app::totals_of(counts))}});
}

Frame readiness(const domain::RoomId& room, const domain::UserId& user, const domain::Readiness& readiness) {
  return ephemeral(RoomTopic{room}, "readiness", to_json(user, readiness));
}

Frame history_event(const domain::RoomId& room, const std::string& epoch, const domain::Event& event) {
  return event_frame(RoomTopic{room}, epoch, to_json(event, room));
}
Frame private_event(const domain::RoomId& room, const std::string& epoch, const domain::Event& event) {
  return event_frame(RoomTopic{room}, epoch, redacted(event));
}
Frame history_event(const domain::RoomId& room, const std::string& epoch, const domain::ChatEvent& event) {
  return event_frame(ChatTopic{room}, epoch, to_json(event));
}
Frame private_event(const domain::RoomId& room, const std::string& epoch, const domain::ChatEvent& event) {
  return event_frame(ChatTopic{room}, epoch, redacted(event));
}
Frame copied_event(const Topic& topic, const domain::RoomId& room, const domain::Event& event) {
  return event_frame(topic, {}, to_json(event, room));
}

}  // namespace costage::realtime
