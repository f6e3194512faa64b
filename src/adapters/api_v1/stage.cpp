// A room's stage, its watchers, and media credentials.
#include "adapters/api_v1/api.hpp"
#include "adapters/contract/fields.hpp"

namespace costage::api_v1 {

void Api::add_stage(const Registrar& route) {
  route("GET", "/v1/rooms/{roomId}/stage", [this](const Call& call, Reply reply) {
    app_.stage().get(call.caller, call.room(), respond<app::StageView>(reply));
  });
  route("DELETE", "/v1/rooms/{roomId}/stage/{userId}", [this](const Call& call, Reply reply) {
    const domain::UserId user{call.param("userId")};
    app_.stage().remove(call.caller, call.room(), user, call.once, respond<app::StageView>(reply));
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
  route("POST", "/v1/rooms/{roomId}/probe", [this](const Call& call, Reply reply) {
    app_.probes().open(call.caller, call.room(), respond<app::MediaCredentials>(reply));
  });
  route("POST", "/v1/rooms/{roomId}/viewer", [this](const Call& call, Reply reply) {
    app_.stage().viewer(call.caller, call.room(), respond<app::MediaCredentials>(reply));
  });
}

}  // namespace costage::api_v1
