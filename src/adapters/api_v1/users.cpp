// Who the caller is, and who the application's users are.
#include "adapters/api_v1/api.hpp"
#include "adapters/contract/fields.hpp"

namespace costage::api_v1 {

void Api::add_users(const Registrar& route) {
  route("GET", "/v1/me", [](const Call& call, Reply reply) {
    const app::Caller& me = call.caller;
    reply(json_response(200, to_json(me)));
  });
  route("PUT", "/v1/users/{userId}", [this](const Call& call, Reply reply) {
    contract::Fields fields{call.body};
    const app::User user{domain::UserId{call.param("userId")}, fields.required_text("name").value_or("")};
    if (fields.refusal()) return reply(problem(*fields.refusal()));
    app_.users().put(call.caller, user, call.once, respond<app::User>(reply));
  });
}

}  // namespace costage::api_v1
