// Who the caller is, and who the application's users are.
#include "adapters/api_v1/api.hpp"
#include "adapters/contract/fields.hpp"

namespace costage::api_v1 {
namespace {

app::Done<app::User> respond_me(const app::Caller& me, Reply reply) {
  return [me, reply = std::move(reply)](const domain::Answer<app::User>& user) {
    if (!user) return reply(problem(user.error()));
    json::object out = to_json(me);
    out["takesInvitations"] = user->takes_invitations;
    reply(json_response(200, out));
  };
}

}  // namespace

void Api::add_users(const Registrar& route) {
  route("GET", "/v1/me",
        [this](const Call& call, Reply reply) { app_.users().me(call.caller, respond_me(call.caller, reply)); });
  route("PATCH", "/v1/me", [this](const Call& call, Reply reply) {
    contract::Fields fields{call.body};
    const auto on = fields.flag("takesInvitations");
    if (!on) fields.wrong("takesInvitations", "given, as true or false");
    if (fields.refusal()) return reply(problem(*fields.refusal()));
    app_.users().take_invitations(call.caller, *on, call.once, respond_me(call.caller, reply));
  });
  route("GET", "/v1/me/blocks", [this](const Call& call, Reply reply) {
    const auto page = call.page();
    if (!page) return reply(problem(page.error()));
    app_.blocks().list(call.caller, *page, respond<app::Page<app::Block>>(reply));
  });
  route("PUT", "/v1/me/blocks/{userId}", [this](const Call& call, Reply reply) {
    app_.blocks().put(call.caller, domain::UserId{call.param("userId")}, call.once, respond<app::Block>(reply));
  });
  route("DELETE", "/v1/me/blocks/{userId}", [this](const Call& call, Reply reply) {
    app_.blocks().remove(call.caller, domain::UserId{call.param("userId")}, call.once, respond<app::Block>(reply));
  });
  route("PUT", "/v1/users/{userId}", [this](const Call& call, Reply reply) {
    contract::Fields fields{call.body};
    const app::User user{domain::UserId{call.param("userId")}, fields.required_text("name").value_or("")};
    if (fields.refusal()) return reply(problem(*fields.refusal()));
    app_.users().put(call.caller, user, call.once, respond<app::User>(reply));
  });
}

}  // namespace costage::api_v1
