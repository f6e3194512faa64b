// media.engine and what belongs to it.
#include <fmt/format.h>

#include "adapters/config/layer.hpp"

namespace costage::config {
namespace {

bool has_scheme(const std::string& url, std::string_view scheme) {
  return url.starts_with(scheme) && url.size() > scheme.size() && url.find_first_of(" \t\"'<>\\") == std::string::npos;
}

// LiveKit answers WebSockets and HTTP at the same address.
std::optional<std::string> as_websocket(const std::string& url) {
  if (has_scheme(url, "ws://") || has_scheme(url, "wss://")) return url;
  if (has_scheme(url, "https://")) return "wss" + url.substr(5);
  if (has_scheme(url, "http://")) return "ws" + url.substr(4);
  return {};
}
std::string as_http(const std::string& websocket) { return "http" + websocket.substr(2); }

std::string without_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

bool names_livekit(const Layer& layer) {
  return layer.media_url || layer.media_api_url || layer.media_api_key || layer.media_api_secret;
}

Result<std::string, std::string> api_url_of(const Layer& layer, const std::string& url) {
  if (!layer.media_api_url) return as_http(url);
  const auto websocket = as_websocket(without_slash(*layer.media_api_url));
  if (!websocket)
    return fail(
        fmt::format("media.apiUrl: '{}' is no address like https://livekit.example.org.", *layer.media_api_url));
  return as_http(*websocket);
}

}  // namespace

Result<std::optional<LiveKit>, std::string> read_livekit(const Layer& layer) {
  const std::string engine = layer.media_engine.value_or("embedded");
  if (engine != "embedded" && engine != "livekit")
    return fail(fmt::format("media.engine is '{}'; it can be embedded or livekit.", engine));
  if (engine == "embedded") {
    if (!names_livekit(layer)) return std::optional<LiveKit>{};
    return fail(
        std::string{"A LiveKit server is given (media.url, apiKey or apiSecret), but media.engine is not livekit."});
  }
  if (!layer.media_url || !layer.media_api_key || !layer.media_api_secret)
    return fail(std::string{"media.engine is livekit, so media.url, media.apiKey and media.apiSecret are needed."});
  const auto url = as_websocket(without_slash(*layer.media_url));
  if (!url) return fail(fmt::format("media.url: '{}' is no address like wss://livekit.example.org.", *layer.media_url));
  if (layer.media_api_key->empty() || layer.media_api_secret->empty())
    return fail(std::string{"media.apiKey and media.apiSecret must not be empty."});
  auto api_url = api_url_of(layer, *url);
  if (!api_url) return fail(api_url.error());
  return LiveKit{*url, std::move(*api_url), *layer.media_api_key, Secret{*layer.media_api_secret}};
}

}  // namespace costage::config
