// How a room's stage is shown.
#include "adapters/api_v1/api.hpp"
#include "adapters/contract/fields.hpp"

namespace costage::api_v1 {
namespace {

domain::Answer<domain::Scene> scene_of(const json::object& body) {
  contract::Fields fields{body};
  domain::Scene out;
  const auto layout = domain::layout_from(fields.required_text("layout").value_or(""));
  if (!layout) fields.wrong("layout", "a layout of the contract");
  out.layout = layout.value_or(domain::Layout::automatic);
  if (auto spotlight = fields.text("spotlightId")) out.spotlight = domain::UserId{std::move(*spotlight)};
  for (std::string& id : fields.texts("order").value_or(std::vector<std::string>{}))
    out.order.emplace_back(std::move(id));
  if (fields.refusal()) return domain::refuse(*fields.refusal());
  return out;
}

}  // namespace

void Api::add_scene(const Registrar& route) {
  route("GET", "/v1/rooms/{roomId}/scene", [this](const Call& call, Reply reply) {
    app_.scenes().get(call.caller, call.room(), respond<domain::Scene>(reply));
  });
  route("PUT", "/v1/rooms/{roomId}/scene", [this](const Call& call, Reply reply) {
    auto scene = scene_of(call.body);
    if (!scene) return reply(problem(scene.error()));
    app_.scenes().set(call.caller, call.room(), std::move(*scene), call.once, respond<domain::Scene>(reply));
  });
}

}  // namespace costage::api_v1
