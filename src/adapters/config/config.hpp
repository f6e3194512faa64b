// What the operator chose: flags win over the configuration file, the file over the environment.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace costage::config {

inline constexpr std::size_t kMinSecret = 32;  // bytes; an HS256 key shorter than its hash can be guessed

struct Config {
  bool dev = false;
  std::string bind = "127.0.0.1";
  std::uint16_t port = 7880;
  std::uint16_t media_port = 7882;  // UDP; 0: any free one
  std::filesystem::path data = "costage-data";
  std::filesystem::path web;     // the studio's files; empty: not found
  std::filesystem::path api;     // openapi.yaml, realtime.yaml; empty: not found
  std::string public_url;        // what clients are told for media, "ws://127.0.0.1:7880"
  std::vector<std::string> advertise;  // IP addresses in ICE candidates; empty: those of the machine
  std::size_t media_loops = 1;
  std::string log_level = "info";
  std::map<std::string, Secret, std::less<>> keys;  // API key id -> secret
  std::string signing_key;                          // the first of `keys`: signs what the server itself mints
};

// Where values come from, so that tests bring their own.
struct Sources {
  std::vector<std::string> arguments;  // without the program's name
  std::function<std::optional<std::string>(const std::string& name)> environment;
  std::filesystem::path program;  // of the running binary; web and API files are looked for beside it
};

// Text for standard output and a good end: --help, --version.
struct Information {
  std::string text;
};
// The error is one sentence for people.
[[nodiscard]] Result<std::variant<Config, Information>, std::string> load(const Sources& sources,
                                                                         const std::string& version);

}  // namespace costage::config
