#include <string_view>
#include <utility>

#include "adapters/config/layer.hpp"

namespace costage::config {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

// "id: secret" pairs, separated by commas or new lines.
Result<Keys, std::string> parse_keys(std::string_view text) {
  Keys keys;
  while (!text.empty()) {
    const auto end = text.find_first_of(",\n");
    const std::string_view pair = trimmed(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (pair.empty()) continue;
    const auto colon = pair.find(':');
    if (colon == std::string_view::npos)
      return fail(std::string{"COSTAGE_KEYS must look like \"id: secret, other-id: other-secret\"."});
    keys.emplace(trimmed(pair.substr(0, colon)), Secret{std::string{trimmed(pair.substr(colon + 1))}});
  }
  return keys;
}

}  // namespace

std::vector<std::string> list_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = text.find(',');
    if (const auto one = trimmed(text.substr(0, end)); !one.empty()) out.emplace_back(one);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return out;
}

Result<Layer, std::string> read_environment(const Environment& environment) {
  Layer layer;
  layer.url = environment("COSTAGE_URL");
  layer.data = environment("COSTAGE_DATA");
  layer.database = environment("COSTAGE_DATABASE");
  layer.nats = environment("COSTAGE_NATS");
  layer.media_engine = environment("COSTAGE_MEDIA_ENGINE");
  layer.media.url = environment("COSTAGE_MEDIA_URL");
  layer.media.api_url = environment("COSTAGE_MEDIA_API_URL");
  layer.media.api_key = environment("COSTAGE_MEDIA_API_KEY");
  layer.media.api_secret = environment("COSTAGE_MEDIA_API_SECRET");
  for (auto [name, into] : {std::pair{"COSTAGE_MEDIA_EGRESS", &layer.media.egress},
                            std::pair{"COSTAGE_MEDIA_INGRESS", &layer.media.ingress}}) {
    const auto text = environment(name);
    if (!text) continue;
    if (*text != "true" && *text != "false") return fail(std::string{name} + " can be true or false.");
    *into = *text == "true";
  }
  if (const auto text = environment("COSTAGE_MEDIA_ADDRESSES")) layer.media_addresses = list_of(*text);
  if (const auto text = environment("COSTAGE_KEYS")) {
    auto keys = parse_keys(*text);
    if (!keys) return fail(keys.error());
    layer.keys = *keys;
  }
  return layer;
}

}  // namespace costage::config
