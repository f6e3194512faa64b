// Recordings and restreams of a show, and streaming software as a source of it.
#include <algorithm>

#include "adapters/api_v1/api.hpp"
#include "adapters/contract/fields.hpp"

namespace costage::api_v1 {
namespace {

using domain::Answer;
using domain::Egress;
using domain::EgressPlan;

json::array destinations_of(const Egress& egress) {
  json::array out;
  for (const std::string& url : egress.destinations) {
    const bool failed = std::ranges::find(egress.failed, url) != egress.failed.end();
    out.push_back(json::object{{"url", url}, {"failed", failed}});
  }
  return out;
}

// For who may start one.
json::object details_of(const Egress& egress) {
  json::object out = to_json(egress);
  out["destinations"] = destinations_of(egress);
  if (!egress.file.empty())
    out["file"] =
        json::object{{"location", egress.file}, {"seconds", egress.file_seconds}, {"bytes", egress.file_bytes}};
  if (!egress.error.empty()) out["error"] = egress.error;
  return out;
}

json::object details_of(const std::vector<Egress>& all) {
  json::array items;
  for (const Egress& one : all) items.push_back(details_of(one));
  return {{"items", std::move(items)}};
}

Answer<EgressPlan> plan_of(const json::object& body) {
  contract::Fields fields{body};
  const auto kind = fields.required_word("kind", "recording or restream", domain::egress_kind_from);
  auto urls = fields.texts("urls").value_or(std::vector<std::string>{});
  if (fields.refusal()) return domain::refuse(*fields.refusal());
  return EgressPlan{*kind, std::move(urls)};
}

json::object details_of(const app::Ingress& ingress) {
  json::object out{{"ingressId", ingress.id},
                   {"input", app::name(ingress.input)},
                   {"url", ingress.url},
                   {"streamKey", ingress.stream_key.reveal()},
                   {"state", app::name(ingress.state)}};
  if (!ingress.error.empty()) out["error"] = ingress.error;
  return out;
}

// What not everybody may read.
template <class T>
app::Done<T> respond_details(Reply reply, unsigned status = 200) {
  return [reply = std::move(reply), status](const Answer<T>& answer) {
    reply(answer ? json_response(status, details_of(*answer)) : problem(answer.error()));
  };
}

}  // namespace

void Api::add_egress(const Registrar& route) {
  route("GET", "/v1/rooms/{roomId}/egresses", [this](const Call& call, Reply reply) {
    app_.egresses().list(call.caller, call.room(), respond_details<std::vector<Egress>>(std::move(reply)));
  });
  route("POST", "/v1/rooms/{roomId}/egresses", [this](const Call& call, Reply reply) {
    auto plan = plan_of(call.body);
    if (!plan) return reply(problem(plan.error()));
    app_.egresses().start(call.caller, call.room(), std::move(*plan), call.once,
                          respond_details<Egress>(std::move(reply), 201));
  });
  route("DELETE", "/v1/rooms/{roomId}/egresses/{egressId}", [this](const Call& call, Reply reply) {
    const domain::EgressId id{call.param("egressId")};
    app_.egresses().stop(call.caller, call.room(), id, call.once, respond_details<Egress>(std::move(reply)));
  });
}

void Api::add_ingress(const Registrar& route) {
  route("GET", "/v1/rooms/{roomId}/ingress", [this](const Call& call, Reply reply) {
    app_.ingresses().find(call.caller, call.room(), respond_details<app::Ingress>(std::move(reply)));
  });
  route("PUT", "/v1/rooms/{roomId}/ingress", [this](const Call& call, Reply reply) {
    contract::Fields fields{call.body};
    const auto input = fields.required_word("input", "rtmp or whip", app::ingress_input_from);
    if (fields.refusal()) return reply(problem(*fields.refusal()));
    app_.ingresses().open(call.caller, call.room(), *input, call.once, respond_details<app::Ingress>(std::move(reply)));
  });
  route("DELETE", "/v1/rooms/{roomId}/ingress", [this](const Call& call, const Reply& reply) {
    app_.ingresses().close(call.caller, call.room(), [reply](const std::optional<domain::Refusal>& refusal) {
      reply(refusal ? problem(*refusal) : http::Response{.status = 204});
    });
  });
}

}  // namespace costage::api_v1
