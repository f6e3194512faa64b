#include "adapters/storage/records.hpp"

#include <boost/json.hpp>
#include <stdexcept>
#include <utility>

#include "base/overloaded.hpp"

namespace costage::storage {
namespace {

namespace json = boost::json;
using domain::Invitation;
using domain::Room;
using domain::Seat;
using domain::Stage;

// ---- values ----

json::value time_value(WallTime t) { return to_unix_ms(t); }
json::value time_value(const std::optional<WallTime>& t) { return t ? time_value(*t) : json::value(nullptr); }

std::string text(const json::object& o, std::string_view key) { return std::string(o.at(key).as_string()); }
std::int64_t number(const json::object& o, std::string_view key) { return o.at(key).to_number<std::int64_t>(); }
bool flag(const json::object& o, std::string_view key) { return o.at(key).as_bool(); }
WallTime time_of(const json::object& o, std::string_view key) { return from_unix_ms(number(o, key)); }
std::optional<WallTime> maybe_time(const json::object& o, std::string_view key) {
  if (o.at(key).is_null()) return std::nullopt;
  return time_of(o, key);
}
std::chrono::seconds seconds_of(const json::object& o, std::string_view key) {
  return std::chrono::seconds{number(o, key)};
}

template <class T>
T known(std::optional<T> value) {
  if (!value) throw std::runtime_error("a stored name is unknown to this version");
  return *value;
}

// ---- objects ----

json::object write(const domain::Policies& p) {
  return {{"inviteWatchersOnly", p.invite_watchers_only},
          {"maxCoHosts", p.max_co_hosts},
          {"invitationTtl", p.invitation_ttl.count()},
          {"reconnectGrace", p.reconnect_grace.count()}};
}

domain::Policies read_policies(const json::object& o) {
  domain::Policies p;
  p.invite_watchers_only = flag(o, "inviteWatchersOnly");
  p.max_co_hosts = static_cast<int>(number(o, "maxCoHosts"));
  p.invitation_ttl = seconds_of(o, "invitationTtl");
  p.reconnect_grace = seconds_of(o, "reconnectGrace");
  return p;
}

json::object write(const Room& r) {
  return {{"id", r.id.value()},
          {"title", r.title},
          {"description", r.description},
          {"metadata", r.metadata},
          {"externalId", r.external_id},
          {"chatEnabled", r.chat_enabled},
          {"policies", write(r.policies)},
          {"host", r.host.value()},
          {"hostName", r.host_name},
          {"status", domain::name(r.status)},
          {"createdAt", time_value(r.created_at)},
          {"updatedAt", time_value(r.updated_at)},
          {"liveAt", time_value(r.live_at)},
          {"endedAt", time_value(r.ended_at)},
          {"reconnectBy", time_value(r.reconnect_by)},
          {"version", r.version}};
}

Room read_room(const json::object& o) {
  Room r;
  r.id = domain::RoomId{text(o, "id")};
  r.title = text(o, "title");
  r.description = text(o, "description");
  r.metadata = text(o, "metadata");
  r.external_id = text(o, "externalId");
  r.chat_enabled = flag(o, "chatEnabled");
  r.policies = read_policies(o.at("policies").as_object());
  r.host = domain::UserId{text(o, "host")};
  r.host_name = text(o, "hostName");
  r.status = known(domain::room_status_from(text(o, "status")));
  r.created_at = time_of(o, "createdAt");
  r.updated_at = time_of(o, "updatedAt");
  r.live_at = maybe_time(o, "liveAt");
  r.ended_at = maybe_time(o, "endedAt");
  r.reconnect_by = maybe_time(o, "reconnectBy");
  r.version = static_cast<std::uint64_t>(number(o, "version"));
  return r;
}

json::object write(const Invitation& i) {
  return {{"id", i.id.value()},
          {"room", i.room.value()},
          {"roomTitle", i.room_title},
          {"inviter", i.inviter.value()},
          {"inviterName", i.inviter_name},
          {"invitee", i.invitee.value()},
          {"inviteeName", i.invitee_name},
          {"status", domain::name(i.status)},
          {"createdAt", time_value(i.created_at)},
          {"expiresAt", time_value(i.expires_at)},
          {"respondedAt", time_value(i.responded_at)},
          {"ttl", i.ttl.count()},
          {"declines", i.declines},
          {"admission", domain::name(i.admission)}};
}

Invitation read_invitation(const json::object& o) {
  Invitation i;
  i.id = domain::InvitationId{text(o, "id")};
  i.room = domain::RoomId{text(o, "room")};
  i.room_title = text(o, "roomTitle");
  i.inviter = domain::UserId{text(o, "inviter")};
  i.inviter_name = text(o, "inviterName");
  i.invitee = domain::UserId{text(o, "invitee")};
  i.invitee_name = text(o, "inviteeName");
  i.status = known(domain::invitation_status_from(text(o, "status")));
  i.created_at = time_of(o, "createdAt");
  i.expires_at = time_of(o, "expiresAt");
  i.responded_at = maybe_time(o, "respondedAt");
  i.ttl = seconds_of(o, "ttl");
  i.declines = static_cast<int>(number(o, "declines"));
  i.admission = known(domain::admission_from(text(o, "admission")));
  return i;
}

json::object write(const Seat& s) {
  return {{"user", s.user.value()},
          {"name", s.name},
          {"role", domain::name(s.role)},
          {"state", domain::name(s.state)},
          {"lease", s.lease.value()},
          {"epoch", s.epoch},
          {"camera", domain::name(s.camera)},
          {"microphone", domain::name(s.microphone)},
          {"joinedAt", time_value(s.joined_at)},
          {"onAirAt", time_value(s.on_air_at)},
          {"releaseAt", time_value(s.release_at)},
          {"link", domain::name(s.link)}};
}

Seat read_seat(const json::object& o) {
  Seat s;
  s.user = domain::UserId{text(o, "user")};
  s.name = text(o, "name");
  s.role = known(domain::seat_role_from(text(o, "role")));
  s.state = known(domain::seat_state_from(text(o, "state")));
  s.lease = domain::LeaseId{text(o, "lease")};
  s.epoch = static_cast<std::uint64_t>(number(o, "epoch"));
  s.camera = known(domain::device_from(text(o, "camera")));
  s.microphone = known(domain::device_from(text(o, "microphone")));
  s.joined_at = time_of(o, "joinedAt");
  s.on_air_at = maybe_time(o, "onAirAt");
  s.release_at = maybe_time(o, "releaseAt");
  s.link = known(domain::link_from(text(o, "link")));
  return s;
}

json::object write(const Stage& stage) {
  json::array seats;
  for (const Seat& seat : stage.seats) seats.push_back(write(seat));
  return {{"seats", std::move(seats)}, {"lastEpoch", stage.last_epoch}};
}

Stage read_stage(const json::object& o) {
  Stage stage;
  for (const json::value& seat : o.at("seats").as_array()) stage.seats.push_back(read_seat(seat.as_object()));
  stage.last_epoch = static_cast<std::uint64_t>(number(o, "lastEpoch"));
  return stage;
}

// ---- variants: the object under the name of its kind ----

json::object write(const domain::EventData& data) {
  return std::visit(Overloaded{
                        [](const domain::RoomChange& c) { return json::object{{"room", write(c.room)}}; },
                        [](const domain::InvitationChange& c) {
                          return json::object{{"invitation", write(c.invitation)}};
                        },
                        [](const domain::StageChange& c) {
                          json::value reason = nullptr;
                          if (c.reason) reason = domain::name(*c.reason);
                          return json::object{{"seat", write(c.seat)}, {"stage", write(c.stage)}, {"reason", reason}};
                        },
                    },
                    data);
}

domain::EventData read_event_data(const json::object& o) {
  if (const auto* room = o.if_contains("room")) return domain::RoomChange{read_room(room->as_object())};
  if (const auto* invitation = o.if_contains("invitation"))
    return domain::InvitationChange{read_invitation(invitation->as_object())};
  domain::StageChange change{read_seat(o.at("seat").as_object()), read_stage(o.at("stage").as_object()), {}};
  if (!o.at("reason").is_null()) change.reason = known(domain::leave_reason_from(text(o, "reason")));
  return change;
}

json::object write(const app::StoredAnswer& answer) {
  return std::visit(
      Overloaded{
          [](const Room& room) { return json::object{{"room", write(room)}}; },
          [](const app::StoredInvitation& a) {
            return json::object{{"invitation", write(a.invitation)}, {"created", a.created}};
          },
          [](const app::StoredStage& a) {
            return json::object{{"stageOf", a.room.value()}, {"stage", write(a.stage)}};
          },
          [](const app::StoredLease& a) { return json::object{{"leaseOf", a.room.value()}, {"seat", write(a.seat)}}; },
          [](const app::User& user) { return json::object{{"user", user.id.value()}, {"name", user.name}}; },
      },
      answer);
}

app::StoredAnswer read_stored_answer(const json::object& o) {
  if (const auto* room = o.if_contains("room")) return read_room(room->as_object());
  if (const auto* invitation = o.if_contains("invitation"))
    return app::StoredInvitation{read_invitation(invitation->as_object()), flag(o, "created")};
  if (o.contains("stageOf"))
    return app::StoredStage{domain::RoomId{text(o, "stageOf")}, read_stage(o.at("stage").as_object())};
  if (o.contains("leaseOf"))
    return app::StoredLease{domain::RoomId{text(o, "leaseOf")}, read_seat(o.at("seat").as_object())};
  return app::User{domain::UserId{text(o, "user")}, text(o, "name")};
}

json::object parse(const std::string& body) { return json::parse(body).as_object(); }

}  // namespace

std::string encode(const RoomRecord& record) {
  json::array invites;
  for (WallTime t : record.recent_invites) invites.push_back(time_value(t));
  return json::serialize(json::object{{"room", write(record.room)},
                                      {"stage", write(record.stage)},
                                      {"recentInvites", std::move(invites)},
                                      {"seq", record.seq}});
}

RoomRecord decode_room(const std::string& body) {
  const json::object o = parse(body);
  RoomRecord record{read_room(o.at("room").as_object()), read_stage(o.at("stage").as_object()), {}, 0};
  for (const json::value& t : o.at("recentInvites").as_array())
    record.recent_invites.push_back(from_unix_ms(t.to_number<std::int64_t>()));
  record.seq = static_cast<std::uint64_t>(number(o, "seq"));
  return record;
}

std::string encode(const Invitation& invitation) { return json::serialize(write(invitation)); }
Invitation decode_invitation(const std::string& body) { return read_invitation(parse(body)); }

std::string encode(const domain::Event& event) {
  json::value actor = nullptr;
  if (event.actor) actor = event.actor->value();
  return json::serialize(json::object{{"seq", event.seq},
                                      {"type", domain::name(event.type)},
                                      {"at", time_value(event.at)},
                                      {"actor", actor},
                                      {"data", write(event.data)}});
}

domain::Event decode_event(const std::string& body) {
  const json::object o = parse(body);
  domain::Event event;
  event.seq = static_cast<std::uint64_t>(number(o, "seq"));
  event.type = known(domain::event_type_from(text(o, "type")));
  event.at = time_of(o, "at");
  if (!o.at("actor").is_null()) event.actor = domain::UserId{text(o, "actor")};
  event.data = read_event_data(o.at("data").as_object());
  return event;
}

std::string encode(const app::IdempotencyRecord& record) {
  return json::serialize(json::object{{"user", record.user.value()},
                                      {"key", record.key},
                                      {"request", record.request},
                                      {"at", time_value(record.at)},
                                      {"answer", write(record.answer)}});
}

app::IdempotencyRecord decode_answer(const std::string& body) {
  const json::object o = parse(body);
  return {domain::UserId{text(o, "user")}, text(o, "key"), text(o, "request"), time_of(o, "at"),
          read_stored_answer(o.at("answer").as_object())};
}

}  // namespace costage::storage
