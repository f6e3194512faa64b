// media.engine and what belongs to it.
#include <fmt/format.h>

#include "adapters/config/layer.hpp"

namespace costage::config {
namespace {

bool has_scheme(const std::string& url, std::string_view scheme) {
  return url.starts_with(scheme) && url.size() > scheme.size() && url.find_first_of(" \t\"'<>\\") == std::string::npos;
}

constexpr const char* kRecordingPath = "{room_name}-{time}.mp4";

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
  const Layer::LiveKit& one = layer.media;
  return one.url || one.api_url || one.api_key || one.api_secret || one.egress || one.ingress || layer.media_regions;
}

// media.NAME is what is told of.
Result<LiveKit, std::string> read_one(const Layer::LiveKit& one, const std::string& name) {
  if (!one.url || !one.api_key || !one.api_secret)
    return fail(fmt::format("media.engine is livekit, so {0}.url, {0}.apiKey and {0}.apiSecret are needed.", name));
  const auto url = as_websocket(without_slash(*one.url));
  if (!url) return fail(fmt::format("{}.url: '{}' is no address like wss://livekit.example.org.", name, *one.url));
  const auto api = one.api_url ? as_websocket(without_slash(*one.api_url)) : url;
  if (!api)
    return fail(fmt::format("{}.apiUrl: '{}' is no address like https://livekit.example.org.", name, *one.api_url));
  if (one.recording_template && !has_scheme(*one.recording_template, "https://") &&
      !has_scheme(*one.recording_template, "http://"))
    return fail(fmt::format("{}.recordingTemplate: '{}' is no address like https://page.example.org.", name,
                            *one.recording_template));
  if (one.api_key->empty() || one.api_secret->empty())
    return fail(fmt::format("{0}.apiKey and {0}.apiSecret must not be empty.", name));
  return LiveKit{.region = "",
                 .url = *url,
                 .api_url = as_http(*api),
                 .api_key = *one.api_key,
                 .api_secret = Secret{*one.api_secret},
                 .egress = one.egress.value_or(false),
                 .ingress = one.ingress.value_or(false),
                 .recording_path = one.recording_path.value_or(kRecordingPath),
                 .recording_template = one.recording_template.value_or("")};
}

// Shown to applications, and a column of a table.
bool is_region_name(const std::string& name) {
  constexpr std::size_t kLongest = 64;
  constexpr std::string_view kCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
  return !name.empty() && name.size() <= kLongest && name.find_first_not_of(kCharacters) == std::string::npos;
}

}  // namespace

Result<std::vector<LiveKit>, std::string> read_livekit(const Layer& layer) {
  const std::string engine = layer.media_engine.value_or("embedded");
  if (engine != "embedded" && engine != "livekit")
    return fail(fmt::format("media.engine is '{}'; it can be embedded or livekit.", engine));
  if (engine == "embedded") {
    if (!names_livekit(layer)) return std::vector<LiveKit>{};
    return fail(
        std::string{"A LiveKit server is given (media.url, apiKey, apiSecret, egress or ingress), but media.engine is "
                    "not livekit."});
  }
  const Layer::LiveKit& first = layer.media;
  std::vector<LiveKit> out;
  auto read = read_one(first, "media");
  if (!read) return fail(read.error());
  out.push_back(std::move(*read));
  for (auto [name, region] : layer.media_regions.value_or(std::map<std::string, Layer::LiveKit>{})) {
    if (!is_region_name(name))
      return fail(fmt::format("media.regions: '{}' is no name of letters, digits, '-', '_' and '.'.", name));
    if (!region.api_key) region.api_key = first.api_key;
    if (!region.api_secret) region.api_secret = first.api_secret;
    if (!region.egress) region.egress = first.egress;
    if (!region.ingress) region.ingress = first.ingress;
    if (!region.recording_path) region.recording_path = first.recording_path;
    if (!region.recording_template) region.recording_template = first.recording_template;
    auto further = read_one(region, "media.regions." + name);
    if (!further) return fail(further.error());
    further->region = name;
    out.push_back(std::move(*further));
  }
  return out;
}

}  // namespace costage::config
