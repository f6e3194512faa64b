// /v1/rooms: create, list, read, change, stop; a room's history.
#include "adapters/api_v1/api.hpp"
#include "adapters/contract/room.hpp"
#include "domain/limits.hpp"

namespace costage::api_v1 {
namespace {

using contract::Fields;
using domain::Answer;
using domain::Refusal;
using domain::refuse;

Answer<domain::CreateRoom> new_room(const json::object& body) {
  Fields fields{body};
  domain::CreateRoom room;
  static_cast<void>(fields.required_text("title"));
  contract::read(fields, room);
  room.external_id = fields.text("externalId").value_or("");
  room.chat_enabled = fields.flag("chatEnabled").value_or(true);
  room.media_region = fields.text("mediaRegion").value_or("");
  if (auto host = fields.text("hostId")) room.host = domain::UserId{std::move(*host)};
  room.host_name = fields.text("hostName").value_or("");
  if (fields.refusal()) return refuse(*fields.refusal());
  return room;
}

Answer<app::ChangeDetails> changes_of(const Call& call) {
  if (auto lost = no_changes(call)) return refuse(*lost);
  Fields fields{call.body};
  domain::RoomDetails ignored;
  contract::read(fields, ignored);
  if (fields.refusal()) return refuse(*fields.refusal());
  return [body = call.body](domain::RoomDetails& details) {
    Fields again{body};
    contract::read(again, details);
  };
}

Answer<app::RoomFilter> filter_of(const Call& call) {
  app::RoomFilter filter;
  auto statuses = call.words("status", "a room", domain::room_status_from);
  if (!statuses) return refuse(statuses.error());
  filter.statuses = std::move(*statuses);
  filter.tags = call.queries("tag");
  if (auto bad = domain::bad_tags(filter.tags, "tag")) return refuse(*bad);
  const auto sort = call.request.query_value("sortBy").value_or("firstCreated");
  if (sort != "firstCreated" && sort != "lastCreated")
    return refuse(Refusal::invalid("sortBy", "sortBy must be firstCreated or lastCreated."));
  filter.sort = sort == "firstCreated" ? app::SortBy::first_created : app::SortBy::last_created;
  return filter;
}

}  // namespace

void Api::add_rooms(const Registrar& route) {
  route("POST", "/v1/rooms", [this](const Call& call, Reply reply) {
    auto room = new_room(call.body);
    if (!room) return reply(problem(room.error()));
    app_.rooms().create(call.caller, std::move(*room), call.once, respond<domain::Room>(reply, 201));
  });
  route("GET", "/v1/rooms", [this](const Call& call, Reply reply) {
    const auto filter = filter_of(call);
    const auto page = call.page();
    if (!filter || !page) return reply(problem(!filter ? filter.error() : page.error()));
    app_.rooms().list(call.caller, *filter, *page, respond<app::Page<domain::Room>>(reply));
  });
  route("GET", "/v1/rooms/{roomId}", [this](const Call& call, Reply reply) {
    app_.rooms().get(call.caller, call.room(), respond<domain::Room>(reply));
  });
  route("PATCH", "/v1/rooms/{roomId}", [this](const Call& call, Reply reply) {
    auto changes = changes_of(call);
    if (!changes) return reply(problem(changes.error()));
    app_.rooms().update(call.caller, call.room(), std::move(*changes), call.once, respond<domain::Room>(reply));
  });
  route("POST", "/v1/rooms/{roomId}/stop", [this](const Call& call, Reply reply) {
    app_.rooms().stop(call.caller, call.room(), call.once, respond<domain::Room>(reply));
  });
  route("GET", "/v1/rooms/{roomId}/events", [this](const Call& call, Reply reply) {
    const auto since = call.number("since", 0);
    const auto page = call.page(100);
    if (!since || !page) return reply(problem(!since ? since.error() : page.error()));
    app_.history().events(call.caller, call.room(), *since, page->limit,
                          respond_events<app::EventPage>(call, reply, [room = call.room()](const domain::Event& event) {
                            return to_json(event, room);
                          }));
  });
}

}  // namespace costage::api_v1
