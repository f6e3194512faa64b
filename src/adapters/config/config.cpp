#include "adapters/config/config.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "adapters/config/config_file.hpp"

namespace costage::config {
namespace {

namespace fs = std::filesystem;

constexpr std::uint16_t kMediaPortOffset = 2;
constexpr std::size_t kMaxMediaLoops = 64;

struct Flags {
  bool dev = false;
  std::optional<std::string> bind, data, web, log_level, config;
  std::optional<std::uint16_t> port, media_port;
};

std::optional<Information> declare_and_parse(Flags& flags, const Sources& sources, const std::string& version) {
  CLI::App app{"costage: co-hosted live streams on your own server", "costage"};
  app.set_version_flag("--version", "costage " + version);
  app.add_flag("--dev", flags.dev, "Try it out: key devkey, secret \"secret\", loopback only");
  app.add_option("--port", flags.port, "TCP port of HTTP and WebSocket (7880)");
  app.add_option("--media-port", flags.media_port, "UDP port of media (port + 2)");
  app.add_option("--bind", flags.bind, "IP address to listen on (127.0.0.1)");
  app.add_option("--data", flags.data, "Folder of the database (costage-data)");
  app.add_option("--web", flags.web, "Folder of the studio's files");
  app.add_option("--config", flags.config, "YAML file with settings and API keys");
  app.add_option("--log-level", flags.log_level, "debug, info, warning or error (info)");
  std::vector<std::string> arguments{sources.arguments.rbegin(), sources.arguments.rend()};  // CLI11 reads from the end
  try {
    app.parse(arguments);
  } catch (const CLI::CallForHelp&) {
    return Information{app.help()};
  } catch (const CLI::CallForVersion&) {
    return Information{"costage " + version + '\n'};
  }
  return {};
}

bool is_loopback(const std::string& address) {
  in6_addr six{};
  if (inet_pton(AF_INET6, address.c_str(), &six) == 1) return IN6_IS_ADDR_LOOPBACK(&six);
  in_addr four{};
  return inet_pton(AF_INET, address.c_str(), &four) == 1 && ntohl(four.s_addr) >> 24 == 127;
}

Config merge(const Flags& flags, const File& file) {
  const Config defaults;
  Config out;
  out.dev = flags.dev;
  out.bind = flags.bind.value_or(file.bind.value_or(defaults.bind));
  out.port = flags.port.value_or(file.port.value_or(defaults.port));
  const auto beside = static_cast<std::uint16_t>(out.port == 0 ? 0 : out.port + kMediaPortOffset);
  out.media_port = flags.media_port.value_or(file.media_port.value_or(beside));
  out.data = flags.data.value_or(file.data.value_or(defaults.data.string()));
  out.web = flags.web.value_or(file.web.value_or(""));
  out.log_level = flags.log_level.value_or(file.log_level.value_or(defaults.log_level));
  out.public_url = file.public_url.value_or("");
  out.advertise = file.advertise;
  out.media_loops = file.media_loops.value_or(defaults.media_loops);
  out.keys = file.keys;
  return out;
}

// Empty, or what is wrong with the settings.
std::string problem_with(const Config& config) {
  if (config.dev && !is_loopback(config.bind))
    return fmt::format("--dev listens on loopback only, not on {}: its secret is public.", config.bind);
  constexpr std::string_view kLevels[] = {"debug", "info", "warning", "error"};
  if (std::find(std::begin(kLevels), std::end(kLevels), config.log_level) == std::end(kLevels))
    return fmt::format("The log level \"{}\" is not debug, info, warning or error.", config.log_level);
  if (config.media_loops < 1 || config.media_loops > kMaxMediaLoops)
    return fmt::format("media_loops must be from 1 to {}.", kMaxMediaLoops);
  return {};
}

std::string problem_with_keys(const Config& config) {
  if (config.keys.empty())
    return "There is no API key: give keys in --config FILE or in COSTAGE_KEYS (\"id: secret\"), or start with --dev.";
  for (const auto& [id, secret] : config.keys) {
    if (id.empty()) return "An API key has no id.";
    if (secret.reveal().size() < kMinSecret)
      return fmt::format("The secret of the API key {} is shorter than {} characters.", id, kMinSecret);
  }
  return {};
}

Result<void, std::string> add_keys(Config& config, const Sources& sources) {
  if (config.dev) {
    config.keys = {{"devkey", Secret{"secret"}}};
  } else if (const auto text = sources.environment("COSTAGE_KEYS")) {
    const auto keys = parse_keys(*text, "COSTAGE_KEYS");
    if (!keys) return fail(keys.error());
    config.keys.insert(keys->begin(), keys->end());
  }
  if (!config.dev)
    if (std::string problem = problem_with_keys(config); !problem.empty()) return fail(std::move(problem));
  config.signing_key = config.keys.begin()->first;
  return {};
}

// The program lies in build/<preset>/ of a checkout, or is installed.
fs::path first_with(const std::vector<fs::path>& folders, const char* file) {
  std::error_code ignored;
  for (const fs::path& folder : folders)
    if (fs::is_regular_file(folder / file, ignored)) return fs::weakly_canonical(folder, ignored);
  return {};
}

void find_files(Config& config, const fs::path& program) {
  const fs::path root = program.parent_path() / ".." / "..";
  if (config.web.empty())
    config.web = first_with({root / "web" / "apps" / "studio" / "dist", "/usr/share/costage/web"}, "index.html");
  config.api = first_with({root / "api", "/usr/share/costage/api"}, "openapi.yaml");
}

std::string default_url(const Config& config) {
  const bool is_v6 = config.bind.find(':') != std::string::npos;
  return fmt::format(is_v6 ? "ws://[{}]:{}" : "ws://{}:{}", config.bind, config.port);
}

}  // namespace

Result<std::variant<Config, Information>, std::string> load(const Sources& sources, const std::string& version) {
  Flags flags;
  try {
    if (auto information = declare_and_parse(flags, sources, version)) return std::move(*information);
  } catch (const CLI::ParseError& error) {
    return fail(std::string{error.what()} + (std::string_view{error.what()}.ends_with('.') ? "" : "."));
  }
  File file;
  if (flags.config) {
    auto read = read_file(*flags.config);
    if (!read) return fail(read.error());
    file = std::move(*read);
  }
  Config config = merge(flags, file);
  if (std::string problem = problem_with(config); !problem.empty()) return fail(std::move(problem));
  if (const auto keys = add_keys(config, sources); !keys) return fail(keys.error());
  find_files(config, sources.program);
  if (config.public_url.empty()) config.public_url = default_url(config);
  return config;
}

}  // namespace costage::config
