// The YAML configuration file, and the key pairs of COSTAGE_KEYS in the same form.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "adapters/config/config.hpp"

namespace costage::config {

using KeyPairs = std::map<std::string, Secret, std::less<>>;

// What a file may say; what it does not say stays empty.
struct File {
  std::optional<std::string> bind, data, web, public_url, log_level;
  std::optional<std::uint16_t> port, media_port;
  std::optional<std::size_t> media_loops;
  std::vector<std::string> advertise;
  KeyPairs keys;
};

[[nodiscard]] Result<File, std::string> read_file(const std::string& path);
// "id: secret", one pair a line, or {id: secret, id2: secret2}.
[[nodiscard]] Result<KeyPairs, std::string> parse_keys(const std::string& text, const std::string& where);

}  // namespace costage::config
