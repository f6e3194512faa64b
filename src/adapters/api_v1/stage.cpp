// A room's stage, its watchers, and media credentials.
#include "adapters/api_v1/api.hpp"
#include "adapters/contract/fields.hpp"

namespace costage::api_v1 {
namespace {

using SourcesVerb = void (app::StageUseCases::*)(const app::Caller&, const domain::RoomId&, const domain::UserId&,
                                                 const domain::TrackSources&, const app::MaybeIdempotency&,
                                                 app::Done<app::StageView>);

domain::Answer<domain::TrackSources> sources_of(const json::object& body) {
  contract::Fields fields{body};
  const domain::TrackSources out{fields.flag("microphone").value_or(false), fields.flag("camera").value_or(false),
                                 fields.flag("screen").value_or(false)};
  if (fields.refusal()) return domain::refuse(*fields.refusal());
  return out;
}

domain::Answer<domain::StagePermissions> permissions_of(const json::object& body) {
  contract::Fields fields{body};
  const domain::StagePermissions out{fields.flag("invite").value_or(false), fields.flag("moderate").value_or(false),
                                     fields.flag("products").value_or(false)};
  if (fields.refusal()) return domain::refuse(*fields.refusal());
  return out;
}

}  // namespace

void Api::add_stage(const Registrar& route) {
  route("GET", "/v1/rooms/{roomId}/stage", [this](const Call& call, Reply reply) {
    app_.stage().get(call.caller, call.room(), respond<app::StageView>(reply));
  });
  route("DELETE", "/v1/rooms/{roomId}/stage/{userId}", [this](const Call& call, Reply reply) {
    const domain::UserId user{call.param("userId")};
    app_.stage().remove(call.caller, call.room(), user, call.once, respond<app::StageView>(reply));
  });
  const auto sources_verb = [&](const char* name, SourcesVerb act) {
    route("POST", std::string{"/v1/rooms/{roomId}/stage/{userId}/"} + name, [this, act](const Call& call, Reply reply) {
      const auto sources = sources_of(call.body);
      if (!sources) return reply(problem(sources.error()));
      (app_.stage().*act)(call.caller, call.room(), domain::UserId{call.param("userId")}, *sources, call.once,
                          respond<app::StageView>(reply));
    });
  };
  sources_verb("switch-off", &app::StageUseCases::switch_off);
  sources_verb("ask-to-switch-on", &app::StageUseCases::ask_to_switch_on);
  route("PUT", "/v1/rooms/{roomId}/stage/{userId}/permissions", [this](const Call& call, Reply reply) {
    const auto permissions = permissions_of(call.body);
    if (!permissions) return reply(problem(permissions.error()));
    app_.stage().set_permissions(call.caller, call.room(), domain::UserId{call.param("userId")}, *permissions,
                                 call.once, respond<app::StageView>(reply));
  });
  route("PUT", "/v1/rooms/{roomId}/successor", [this](const Call& call, Reply reply) {
    contract::Fields fields{call.body};
    const auto user = fields.required_text("userId");
    if (fields.refusal()) return reply(problem(*fields.refusal()));
    app_.rooms().name_successor(call.caller, call.room(), domain::UserId{*user}, call.once,
                                respond<domain::Room>(reply));
  });
  route("DELETE", "/v1/rooms/{roomId}/successor", [this](const Call& call, Reply reply) {
    app_.rooms().name_successor(call.caller, call.room(), {}, call.once, respond<domain::Room>(reply));
  });
  route("POST", "/v1/rooms/{roomId}/stage/leave", [this](const Call& call, Reply reply) {
    app_.stage().leave(call.caller, call.room(), call.once, respond<app::StageView>(reply));
  });
  route("GET", "/v1/rooms/{roomId}/watchers", [this](const Call& call, Reply reply) {
    const auto page = call.page(50);
    if (!page) return reply(problem(page.error()));
    const std::string query{call.request.query_value("query").value_or("")};
    app_.watching().list(call.caller, call.room(), query, *page, respond<app::WatcherPage>(reply));
  });
  route("POST", "/v1/rooms/{roomId}/broadcaster", [this](const Call& call, Reply reply) {
    contract::Fields fields{call.body};
    std::optional<domain::LeaseId> reclaim;
    if (auto lease = fields.text("leaseId")) reclaim = domain::LeaseId{std::move(*lease)};
    if (fields.refusal()) return reply(problem(*fields.refusal()));
    app_.stage().broadcaster(call.caller, call.room(), reclaim, call.once, respond<app::BroadcasterData>(reply));
  });
  route("POST", "/v1/rooms/{roomId}/green-room", [this](const Call& call, Reply reply) {
    app_.green_room().open(call.caller, call.room(), respond<app::MediaCredentials>(reply));
  });
  route("POST", "/v1/rooms/{roomId}/probe", [this](const Call& call, Reply reply) {
    app_.probes().open(call.caller, call.room(), respond<app::MediaCredentials>(reply));
  });
  route("POST", "/v1/rooms/{roomId}/viewer", [this](const Call& call, Reply reply) {
    app_.stage().viewer(call.caller, call.room(), respond<app::MediaCredentials>(reply));
  });
}

}  // namespace costage::api_v1
