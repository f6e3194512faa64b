// Invitations: of a room, of the caller, and the verbs on one.
#include "adapters/api_v1/api.hpp"
#include "adapters/contract/fields.hpp"
#include "domain/limits.hpp"

namespace costage::api_v1 {
namespace {

using domain::Answer;
using domain::refuse;
using Statuses = std::vector<domain::InvitationStatus>;
using Verb = void (app::Invitations::*)(const app::Caller&, const domain::InvitationId&, const app::MaybeIdempotency&,
                                        app::Done<domain::Invitation>);

Answer<Statuses> statuses_of(const Call& call) {
  return call.words("status", "an invitation", domain::invitation_status_from);
}

struct NewInvitations {
  std::vector<domain::UserId> invitees;
  std::optional<std::chrono::seconds> ttl;
};

std::optional<std::chrono::seconds> ttl_of(contract::Fields& fields) {
  const auto ttl = fields.integer("ttlSeconds");
  if (!ttl) return {};
  const bool in_range = *ttl >= domain::limits::kMinTtl.count() && *ttl <= domain::limits::kMaxTtl.count();
  if (!in_range) return fields.wrong("ttlSeconds", "from 10 to 300"), std::nullopt;
  return std::chrono::seconds{*ttl};
}

Answer<NewInvitations> new_invitation(const json::object& body) {
  contract::Fields fields{body};
  NewInvitations out{{domain::UserId{fields.required_text("userId").value_or("")}}, ttl_of(fields)};
  if (fields.refusal()) return refuse(*fields.refusal());
  return out;
}

Answer<NewInvitations> new_invitations(const json::object& body) {
  contract::Fields fields{body};
  NewInvitations out;
  const auto invitees = fields.texts("userIds");
  if (!invitees) fields.wrong("userIds", "given, as a list of user ids");
  for (const std::string& id : invitees.value_or(std::vector<std::string>{})) out.invitees.emplace_back(id);
  out.ttl = ttl_of(fields);
  if (fields.refusal()) return refuse(*fields.refusal());
  return out;
}

json::object to_json(const app::BatchAnswer& one) {
  json::object out{{"userId", one.invitee.value()}};
  if (one.answer) {
    out["invitation"] = contract::to_json(one.answer->invitation);
    return out;
  }
  const domain::Refusal& refusal = one.answer.error();
  out["code"] = domain::info(refusal.code).name;
  out["detail"] = refusal.sentence();
  if (refusal.retry_after.count() > 0) out["retryAfterSeconds"] = refusal.retry_after.count();
  return out;
}

app::Done<std::vector<app::BatchAnswer>> respond_batch(Reply reply) {
  return [reply = std::move(reply)](const Answer<std::vector<app::BatchAnswer>>& answers) {
    if (!answers) return reply(problem(answers.error()));
    json::array items;
    for (const app::BatchAnswer& one : *answers) items.push_back(to_json(one));
    reply(json_response(200, {{"items", std::move(items)}}));
  };
}

// 201 for a new one, 200 for the pending one with a renewed expiry.
app::Done<app::InviteAnswer> respond_invite(Reply reply) {
  return [reply = std::move(reply)](const Answer<app::InviteAnswer>& answer) {
    if (!answer) return reply(problem(answer.error()));
    reply(json_response(answer->created ? 201 : 200, contract::to_json(answer->invitation)));
  };
}

}  // namespace

void Api::add_invitations(const Registrar& route) {
  using Page = app::Page<domain::Invitation>;
  route("POST", "/v1/rooms/{roomId}/invitations", [this](const Call& call, Reply reply) {
    const auto asked = new_invitation(call.body);
    if (!asked) return reply(problem(asked.error()));
    app_.invitations().create(call.caller, call.room(), asked->invitees.front(), asked->ttl, call.once,
                              respond_invite(reply));
  });
  route("POST", "/v1/rooms/{roomId}/invitations/batch", [this](const Call& call, Reply reply) {
    const auto asked = new_invitations(call.body);
    if (!asked) return reply(problem(asked.error()));
    app_.invitations().create_all(call.caller, call.room(), asked->invitees, asked->ttl, call.once,
                                  respond_batch(reply));
  });
  route("GET", "/v1/rooms/{roomId}/invitations", [this](const Call& call, Reply reply) {
    const auto statuses = statuses_of(call);
    const auto page = call.page();
    if (!statuses || !page) return reply(problem(!statuses ? statuses.error() : page.error()));
    app_.invitations().of_room(call.caller, call.room(), *statuses, *page, respond<Page>(reply));
  });
  route("GET", "/v1/rooms/{roomId}/invitation", [this](const Call& call, Reply reply) {
    app_.invitations().mine_in_room(call.caller, call.room(), respond<domain::Invitation>(reply));
  });
  route("GET", "/v1/me/invitations", [this](const Call& call, Reply reply) {
    const auto statuses = statuses_of(call);
    const auto page = call.page();
    if (!statuses || !page) return reply(problem(!statuses ? statuses.error() : page.error()));
    app_.invitations().mine(call.caller, *statuses, *page, respond<Page>(reply));
  });
  route("GET", "/v1/invitations/{invitationId}", [this](const Call& call, Reply reply) {
    app_.invitations().get(call.caller, call.invitation(), respond<domain::Invitation>(reply));
  });
  const auto verb = [&](const char* name, Verb act) {
    route("POST", std::string{"/v1/invitations/{invitationId}/"} + name, [this, act](const Call& call, Reply reply) {
      (app_.invitations().*act)(call.caller, call.invitation(), call.once, respond<domain::Invitation>(reply));
    });
  };
  verb("accept", &app::Invitations::accept);
  verb("reject", &app::Invitations::reject);
  verb("cancel", &app::Invitations::cancel);
  verb("resend", &app::Invitations::resend);
  verb("call", &app::Invitations::call);
}

}  // namespace costage::api_v1
