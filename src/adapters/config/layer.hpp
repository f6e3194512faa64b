// What one source (file, environment, flags) says; what it does not say stays empty. Later layers win.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/config/config.hpp"

namespace costage::config {

struct Layer {
  // A LiveKit server: media itself, or one of media.regions, where what it does not say is as in the first.
  struct LiveKit {
    std::optional<std::string> url, api_url, api_key, api_secret, recording_path, recording_template;
    std::optional<bool> egress, ingress;
  };
  std::optional<std::string> bind, url, data, database, nats, nats_ca, web, log_level, login_url, drain_shows;
  std::optional<std::string> media_engine;
  std::optional<std::int64_t> port, media_port, media_tcp_port, media_loops, gateways, drain_within;
  std::optional<bool> livekit_remote_unmute;
  std::optional<std::vector<std::string>> media_addresses, livekit_webhooks, frame_ancestors;
  std::optional<Keys> keys;
  std::optional<std::map<std::string, LiveKit>> media_regions;
  LiveKit media;
};

Result<Layer, std::string> read_file(const std::string& path);
// COSTAGE_KEYS="id: secret, id2: secret2", COSTAGE_URL, COSTAGE_DATA, COSTAGE_DATABASE, COSTAGE_NATS,
// COSTAGE_MEDIA_ENGINE, COSTAGE_MEDIA_URL, COSTAGE_MEDIA_API_URL, COSTAGE_MEDIA_API_KEY, COSTAGE_MEDIA_API_SECRET,
// COSTAGE_MEDIA_EGRESS=true, COSTAGE_MEDIA_INGRESS=true, COSTAGE_MEDIA_ADDRESSES="203.0.113.7, 2001:db8::7"
Result<Layer, std::string> read_environment(const Environment& environment);

// "one, other"
std::vector<std::string> list_of(std::string_view text);
// The LiveKit servers that the layers name, the first first; none: the embedded media server. The error is one
// sentence.
Result<std::vector<LiveKit>, std::string> read_livekit(const Layer& layer);

}  // namespace costage::config
