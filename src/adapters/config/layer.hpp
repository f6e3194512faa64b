// What one source (file, environment, flags) says; what it does not say stays empty. Later layers win.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "adapters/config/config.hpp"

namespace costage::config {

struct Layer {
  std::optional<std::string> bind, url, data, web, log_level, login_url;
  std::optional<std::int64_t> port, media_port, media_tcp_port, media_loops, gateways;
  std::optional<bool> livekit_remote_unmute;
  std::optional<std::vector<std::string>> media_addresses, livekit_webhooks, frame_ancestors;
  std::optional<Keys> keys;
};

Result<Layer, std::string> read_file(const std::string& path);
// COSTAGE_KEYS="id: secret, id2: secret2", COSTAGE_URL, COSTAGE_DATA
Result<Layer, std::string> read_environment(const Environment& environment);

}  // namespace costage::config
