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

struct NewInvitation {
  domain::UserId invitee;
  std::optional<std::chrono::seconds> ttl;
};
Answer<NewInvitation> new_invitation(const json::object& body) {
  contract::Fields fields{body};
  NewInvitation out{domain::UserId{fields.required_text("userId").value_or("")}, {}};
  if (const auto ttl = fields.integer("ttlSeconds")) {
    const bool in_range = *ttl >= domain::limits::kMinTtl.count() && *ttl <= domain::limits::kMaxTtl.count();
    if (!in_range) fields.wrong("ttlSeconds", "from 10 to 300");
    if (in_range) out.ttl = std::chrono::seconds{*ttl};
  }
  if (fields.refusal()) return refuse(*fields.refusal());
  return out;
}

// 201 for a new one, 200 for the pending one with a renewed expiry.
app::Done<app::InviteAnswer> respond_invite(Reply reply) {
  return [reply = std::move(reply)](const Answer<app::InviteAnswer>& answer) {
    if (!answer) return reply(problem(answer.error()));
    reply(json_response(answer->created ? 201 : 200, to_json(answer->invitation)));
  };
}

}  // namespace

void Api::add_invitations(const Registrar& route) {
  using Page = app::Page<domain::Invitation>;
  route("POST", "/v1/rooms/{roomId}/invitations", [this](const Call& call, Reply reply) {
    const auto asked = new_invitation(call.body);
    if (!asked) return reply(problem(asked.error()));
    app_.invitations().create(call.caller, call.room(), asked->invitee, asked->ttl, call.once, respond_invite(reply));
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
}

}  // namespace costage::api_v1
