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

app::Done<Egress> respond_details(Reply reply, unsigned status) {
  return [reply = std::move(reply), status](const Answer<Egress>& egress) {
    reply(egress ? json_response(status, details_of(*egress)) : problem(egress.error()));
  };
}

app::Done<std::vector<Egress>> respond_list(Reply reply) {
  return [reply = std::move(reply)](const Answer<std::vector<Egress>>& all) {
    if (!all) return reply(problem(all.error()));
    json::array items;
    for (const Egress& one : *all) items.push_back(details_of(one));
    reply(json_response(200, {{"items", std::move(items)}}));
  };
}

template <class Word>
Answer<Word> word_of(contract::Fields& fields, std::string_view name, std::string_view expected,
                     std::optional<Word> (*from)(std::string_view)) {
  const auto text = fields.required_text(name);
  const auto word = text ? from(*text) : std::nullopt;
  if (text && !word) fields.wrong(name, expected);
  if (fields.refusal()) return domain::refuse(*fields.refusal());
  return *word;
}

Answer<EgressPlan> plan_of(const json::object& body) {
  contract::Fields fields{body};
  const auto kind = word_of(fields, "kind", "recording or restream", domain::egress_kind_from);
  if (!kind) return domain::refuse(kind.error());
  EgressPlan plan{*kind, fields.texts("urls").value_or(std::vector<std::string>{})};
  if (fields.refusal()) return domain::refuse(*fields.refusal());
  return plan;
}

json::object json_of(const app::Ingress& ingress) {
  json::object out{{"ingressId", ingress.id},
                   {"input", app::name(ingress.input)},
                   {"url", ingress.url},
                   {"streamKey", ingress.stream_key.reveal()},
                   {"state", app::name(ingress.state)}};
  if (!ingress.error.empty()) out["error"] = ingress.error;
  return out;
}

app::Done<app::Ingress> respond_ingress(Reply reply) {
  return [reply = std::move(reply)](const Answer<app::Ingress>& ingress) {
    reply(ingress ? json_response(200, json_of(*ingress)) : problem(ingress.error()));
  };
}

}  // namespace

void Api::add_egress(const Registrar& route) {
  route("GET", "/v1/rooms/{roomId}/egresses", [this](const Call& call, Reply reply) {
    app_.egresses().list(call.caller, call.room(), respond_list(std::move(reply)));
  });
  route("POST", "/v1/rooms/{roomId}/egresses", [this](const Call& call, Reply reply) {
    auto plan = plan_of(call.body);
    if (!plan) return reply(problem(plan.error()));
    app_.egresses().start(call.caller, call.room(), std::move(*plan), call.once,
                          respond_details(std::move(reply), 201));
  });
  route("DELETE", "/v1/rooms/{roomId}/egresses/{egressId}", [this](const Call& call, Reply reply) {
    const domain::EgressId id{call.param("egressId")};
    app_.egresses().stop(call.caller, call.room(), id, call.once, respond_details(std::move(reply), 200));
  });
}

void Api::add_ingress(const Registrar& route) {
  route("GET", "/v1/rooms/{roomId}/ingress", [this](const Call& call, Reply reply) {
    app_.ingresses().find(call.caller, call.room(), respond_ingress(std::move(reply)));
  });
  route("PUT", "/v1/rooms/{roomId}/ingress", [this](const Call& call, Reply reply) {
    contract::Fields fields{call.body};
    const auto input = word_of(fields, "input", "rtmp or whip", app::ingress_input_from);
    if (!input) return reply(problem(input.error()));
    app_.ingresses().open(call.caller, call.room(), *input, call.once, respond_ingress(std::move(reply)));
  });
  route("DELETE", "/v1/rooms/{roomId}/ingress", [this](const Call& call, const Reply& reply) {
    app_.ingresses().close(call.caller, call.room(), [reply](const std::optional<domain::Refusal>& refusal) {
      reply(refusal ? problem(*refusal) : http::Response{.status = 204});
    });
  });
}

}  // namespace costage::api_v1
