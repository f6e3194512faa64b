// Requests to come on stage: of a room, of the caller, and the verbs on one.
#include "adapters/api_v1/api.hpp"
#include "adapters/contract/fields.hpp"

namespace costage::api_v1 {
namespace {

using domain::Answer;

// 201 for a new one, 200 for the one that waits, with the newest comment.
app::Done<app::AskAnswer> respond_ask(Reply reply) {
  return [reply = std::move(reply)](const Answer<app::AskAnswer>& answer) {
    if (!answer) return reply(problem(answer.error()));
    reply(json_response(answer->created ? 201 : 200, to_json(answer->view)));
  };
}

domain::RequestId id_of(const Call& call) { return domain::RequestId{call.param("requestId")}; }

}  // namespace

void Api::add_requests(const Registrar& route) {
  route("POST", "/v1/rooms/{roomId}/requests", [this](const Call& call, Reply reply) {
    contract::Fields fields{call.body};
    auto comment = fields.text("comment").value_or("");
    if (fields.refusal()) return reply(problem(*fields.refusal()));
    app_.requests().ask(call.caller, call.room(), std::move(comment), call.once, respond_ask(reply));
  });
  route("GET", "/v1/rooms/{roomId}/requests", [this](const Call& call, Reply reply) {
    const auto statuses = call.words("status", "a request", domain::request_status_from);
    const auto page = call.page();
    if (!statuses || !page) return reply(problem(!statuses ? statuses.error() : page.error()));
    app_.requests().of_room(call.caller, call.room(), *statuses, *page, respond<app::Page<app::RequestView>>(reply));
  });
  route("GET", "/v1/rooms/{roomId}/request", [this](const Call& call, Reply reply) {
    app_.requests().mine_in_room(call.caller, call.room(), respond<app::RequestView>(reply));
  });
  route("GET", "/v1/requests/{requestId}", [this](const Call& call, Reply reply) {
    app_.requests().get(call.caller, id_of(call), respond<app::RequestView>(reply));
  });
  route("POST", "/v1/requests/{requestId}/withdraw", [this](const Call& call, Reply reply) {
    app_.requests().withdraw(call.caller, id_of(call), call.once, respond<app::RequestView>(reply));
  });
  route("POST", "/v1/requests/{requestId}/decline", [this](const Call& call, Reply reply) {
    contract::Fields fields{call.body};
    auto reason = fields.text("reason").value_or("");
    if (fields.refusal()) return reply(problem(*fields.refusal()));
    app_.requests().decline(call.caller, id_of(call), std::move(reason), call.once, respond<app::RequestView>(reply));
  });
}

}  // namespace costage::api_v1
