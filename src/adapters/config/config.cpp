#include "adapters/config/config.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <string_view>

#include "adapters/config/layer.hpp"

namespace costage::config {
namespace {

constexpr std::size_t kMinSecret = 32;  // characters, RFC 7518 section 3.2: at least as long as the hash
constexpr std::int64_t kMaxPort = 65535;
constexpr std::int64_t kMaxLoops = 64;
constexpr std::int64_t kLongestDrain = 24 * 3600;
constexpr std::array<std::string_view, 5> kLogLevels{"debug", "info", "warn", "error", "off"};

struct Flags {
  bool dev = false;
  std::string file;
  std::string media_api_secret_file;
  bool media_egress = false, media_ingress = false;
  Layer layer;
};

Result<std::variant<Flags, Print>, std::string> parse_flags(std::vector<std::string> arguments,
                                                            const std::string& version) {
  Flags flags;
  CLI::App app{"costage: co-hosted live streams on your own server", "costage"};
  app.set_version_flag("--version", "costage " + version);
  app.add_flag("--dev", flags.dev, "development: key 'devkey', secret 'secret', loopback only, ready links");
  app.add_option("--config", flags.file, "configuration file (YAML)");
  app.add_option("--port", flags.layer.port, "HTTP and WebSocket port (7880)");
  app.add_option("--media-port", flags.layer.media_port, "UDP port of the first media loop (port + 2)");
  app.add_option("--media-tcp-port", flags.layer.media_tcp_port,
                 "TCP port of the first media loop, for viewers without UDP (port + 1); 0: none");
  app.add_option("--media-engine", flags.layer.media_engine,
                 "embedded, or livekit: a LiveKit server or cluster carries the media");
  app.add_option("--media-url", flags.layer.media.url,
                 "LiveKit: what clients connect to, e.g. wss://livekit.example.org");
  app.add_option("--media-api-url", flags.layer.media.api_url,
                 "LiveKit: its server API, where that is another address");
  app.add_option("--media-api-key", flags.layer.media.api_key, "LiveKit: the id of its key");
  // Not the secret itself: everybody on the machine sees the arguments of a program.
  app.add_option("--media-api-secret-file", flags.media_api_secret_file, "LiveKit: file that holds the key's secret");
  app.add_flag("--media-egress", flags.media_egress, "LiveKit: its egress service runs, shows can be recorded");
  app.add_flag("--media-ingress", flags.media_ingress,
               "LiveKit: its ingress service runs, people can be on stage by OBS and the like");
  app.add_option("--bind", flags.layer.bind, "address to listen on (127.0.0.1)");
  app.add_option("--url", flags.layer.url, "what clients connect to, e.g. wss://live.example.org");
  app.add_option("--data", flags.layer.data, "folder of the embedded database");
  app.add_option("--database", flags.layer.database,
                 "PostgreSQL for several nodes: postgresql://user@host/name. One with a password: in COSTAGE_DATABASE");
  app.add_option("--nats", flags.layer.nats,
                 "NATS between the nodes: nats://host, several with commas. With a password: in COSTAGE_NATS");
  app.add_option("--gateways", flags.layer.gateways,
                 "threads that own the open WebSockets (1); 0: the control loop does");
  app.add_option("--web", flags.layer.web, "folder of the web studio's files");
  app.add_option("--log-level", flags.layer.log_level, "debug, info, warn, error or off");
  try {
    std::reverse(arguments.begin(), arguments.end());  // CLI11 takes a vector from its end
    app.parse(arguments);
  } catch (const CLI::CallForHelp&) {
    return Print{app.help()};
  } catch (const CLI::CallForVersion&) {
    return Print{"costage " + version + "\n"};
  } catch (const CLI::ParseError& error) {
    return fail(fmt::format("{} (costage --help lists the options)", error.what()));
  }
  return flags;
}

template <class T>
void override_with(std::optional<T>& value, const std::optional<T>& later) {
  if (later) value = later;
}

void override_with(Layer& layer, const Layer& later) {
  override_with(layer.bind, later.bind);
  override_with(layer.url, later.url);
  override_with(layer.data, later.data);
  override_with(layer.database, later.database);
  override_with(layer.nats, later.nats);
  override_with(layer.nats_ca, later.nats_ca);
  override_with(layer.web, later.web);
  override_with(layer.log_level, later.log_level);
  override_with(layer.media_regions, later.media_regions);
  override_with(layer.media_engine, later.media_engine);
  override_with(layer.media.url, later.media.url);
  override_with(layer.media.api_url, later.media.api_url);
  override_with(layer.media.api_key, later.media.api_key);
  override_with(layer.media.api_secret, later.media.api_secret);
  override_with(layer.media.recording_path, later.media.recording_path);
  override_with(layer.media.recording_template, later.media.recording_template);
  override_with(layer.media.egress, later.media.egress);
  override_with(layer.media.ingress, later.media.ingress);
  override_with(layer.port, later.port);
  override_with(layer.media_port, later.media_port);
  override_with(layer.media_tcp_port, later.media_tcp_port);
  override_with(layer.media_loops, later.media_loops);
  override_with(layer.gateways, later.gateways);
  override_with(layer.drain_shows, later.drain_shows);
  override_with(layer.drain_within, later.drain_within);
  override_with(layer.media_addresses, later.media_addresses);
  override_with(layer.livekit_webhooks, later.livekit_webhooks);
  override_with(layer.livekit_remote_unmute, later.livekit_remote_unmute);
  override_with(layer.frame_ancestors, later.frame_ancestors);
  override_with(layer.login_url, later.login_url);
  override_with(layer.keys, later.keys);
}

Result<std::string, std::string> first_line_of(const std::string& path) {
  std::ifstream in{path};
  std::string line;
  if (!in || !std::getline(in, line)) return fail(fmt::format("The file {} cannot be read, or is empty.", path));
  while (line.ends_with('\r') || line.ends_with(' ')) line.pop_back();
  return line;
}

bool is_loopback(const std::string& address) { return address.rfind("127.", 0) == 0 || address == "::1"; }

// Each check gives its sentence, or nothing when all is well.
std::string check_numbers(const Layer& layer) {
  if (layer.port && (*layer.port < 1 || *layer.port > kMaxPort))
    return fmt::format("The port {} is not between 1 and {}.", *layer.port, kMaxPort);
  if (layer.media_port && (*layer.media_port < 1 || *layer.media_port > kMaxPort))
    return fmt::format("The media port {} is not between 1 and {}.", *layer.media_port, kMaxPort);
  if (layer.media_tcp_port && (*layer.media_tcp_port < 0 || *layer.media_tcp_port > kMaxPort))
    return fmt::format("The media TCP port {} is not between 0 (none) and {}.", *layer.media_tcp_port, kMaxPort);
  if (layer.media_loops && (*layer.media_loops < 1 || *layer.media_loops > kMaxLoops))
    return fmt::format("media.loops must be between 1 and {}.", kMaxLoops);
  if (layer.gateways && (*layer.gateways < 0 || *layer.gateways > kMaxLoops))
    return fmt::format("gateways must be between 0 (none) and {}.", kMaxLoops);
  if (layer.drain_within && (*layer.drain_within < 0 || *layer.drain_within > kLongestDrain))
    return fmt::format("drain.within must be between 0 and {} seconds.", kLongestDrain);
  if (layer.drain_shows && *layer.drain_shows != "move" && *layer.drain_shows != "stay")
    return "drain.shows can be move or stay.";
  return {};
}

std::string check_ports(const Config& config) {
  const std::size_t first = config.media_tcp_port;
  if (first == 0 || config.port < first || config.port >= first + config.media_loops) return {};
  return fmt::format("The port {} is for HTTP and for media over TCP: give another --media-tcp-port.", config.port);
}

std::string check_keys(const Config& config) {
  if (config.keys.empty())
    return "There is no API key: give one in the configuration file (keys: {id: secret}) or in COSTAGE_KEYS, or start "
           "with --dev.";
  for (const auto& [id, secret] : config.keys) {
    if (id.empty()) return "An API key has no id.";
    if (!config.dev && secret.reveal().size() < kMinSecret)
      return fmt::format("The secret of API key '{}' has {} characters; it needs at least {}.", id,
                         secret.reveal().size(), kMinSecret);
  }
  return {};
}

std::string check_addresses(const Config& config) {
  if (config.dev && !is_loopback(config.bind))
    return fmt::format("--dev has a public secret, so it listens on loopback only, not on {}.", config.bind);
  if (config.url.empty() && config.livekit.empty())
    return fmt::format(
        "Listening on {}, clients need to know where to connect: give --url, e.g. wss://live.example.org.",
        config.bind);
  if (!config.url.empty() && config.url.rfind("ws://", 0) != 0 && config.url.rfind("wss://", 0) != 0)
    return fmt::format("The url '{}' does not begin with ws:// or wss://.", config.url);
  if (std::find(kLogLevels.begin(), kLogLevels.end(), config.log_level) == kLogLevels.end())
    return fmt::format("The log level '{}' is none of debug, info, warn, error, off.", config.log_level);
  return {};
}

std::string check_database(const Config& config) {
  const std::string& url = config.database.reveal();
  if (url.empty() || url.starts_with("postgresql://") || url.starts_with("postgres://")) return {};
  return "The database must be the address of a PostgreSQL database: postgresql://user:password@host/name.";
}

std::string check_nats(const Config& config) {
  if (config.nats.empty() || !config.database.empty()) return {};
  return "NATS connects nodes that share a PostgreSQL database: give --database, too.";
}

// "nats://one, nats://other"
std::vector<Secret> nats_servers(const std::string& text) {
  std::vector<Secret> out;
  for (std::string& one : list_of(text)) out.emplace_back(std::move(one));
  return out;
}

bool is_web_address(const std::string& text) {
  const bool schemed = text.starts_with("https://") || text.starts_with("http://");
  return schemed && text.find_first_of(" \t\r\n;,'\"<>\\") == std::string::npos;
}

std::string check_studio(const Config& config) {
  for (const std::string& origin : config.frame_ancestors)
    if (!is_web_address(origin) || std::count(origin.begin(), origin.end(), '/') != 2)
      return fmt::format("studio.frameAncestors: '{}' is no origin like https://shop.example.", origin);
  if (!config.login_url.empty() && !is_web_address(config.login_url))
    return fmt::format("studio.loginUrl: '{}' is no address like https://example.org/login.", config.login_url);
  return {};
}

Config assemble(const Layer& layer, bool dev) {
  Config config;
  config.dev = dev;
  config.bind = layer.bind.value_or("127.0.0.1");
  if (config.bind == "localhost") config.bind = "127.0.0.1";
  config.port = static_cast<std::uint16_t>(layer.port.value_or(7880));
  config.media_port =
      static_cast<std::uint16_t>(layer.media_port.value_or(std::min<std::int64_t>(config.port + 2, kMaxPort)));
  config.media_tcp_port =
      static_cast<std::uint16_t>(layer.media_tcp_port.value_or(config.port < kMaxPort ? config.port + 1 : 0));
  config.media_loops = static_cast<std::size_t>(layer.media_loops.value_or(1));
  config.gateways = static_cast<std::size_t>(layer.gateways.value_or(1));
  config.media_addresses = layer.media_addresses.value_or(std::vector<std::string>{});
  config.data = layer.data.value_or(dev ? "costage-dev-data" : "/var/lib/costage");
  config.database = Secret{layer.database.value_or("")};
  config.nats = nats_servers(layer.nats.value_or(""));
  config.nats_ca = layer.nats_ca.value_or("");
  config.web = layer.web.value_or("");
  config.log_level = layer.log_level.value_or("info");
  config.drain_moves = layer.drain_shows.value_or("move") == "move";
  config.drain_within = std::chrono::seconds{layer.drain_within.value_or(config.drain_within.count())};
  config.livekit_webhooks = layer.livekit_webhooks.value_or(std::vector<std::string>{});
  config.livekit_remote_unmute = layer.livekit_remote_unmute.value_or(false);
  config.frame_ancestors = layer.frame_ancestors.value_or(std::vector<std::string>{});
  config.login_url = layer.login_url.value_or("");
  config.keys = layer.keys.value_or(Keys{});
  if (dev && config.keys.empty()) config.keys.emplace("devkey", Secret{"secret"});
  if (!config.keys.empty()) config.signing_key = config.keys.begin()->first;
  const bool everywhere = config.bind == "0.0.0.0" || config.bind == "::";
  config.url = layer.url.value_or(everywhere ? "" : fmt::format("ws://{}:{}", host_in_url(config.bind), config.port));
  return config;
}

}  // namespace

std::string host_in_url(const std::string& address) {
  return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

Result<std::variant<Config, Print>, std::string> load(const std::vector<std::string>& arguments,
                                                      const Environment& environment, const std::string& version) {
  auto parsed = parse_flags(arguments, version);
  if (!parsed) return fail(parsed.error());
  if (auto* print = std::get_if<Print>(&*parsed)) return *print;
  const Flags& flags = std::get<Flags>(*parsed);

  Layer layer;
  if (!flags.file.empty()) {
    auto file = read_file(flags.file);
    if (!file) return fail(file.error());
    layer = *file;
  }
  auto from_environment = read_environment(environment);
  if (!from_environment) return fail(from_environment.error());
  override_with(layer, *from_environment);
  override_with(layer, flags.layer);
  if (flags.media_egress) layer.media.egress = true;
  if (flags.media_ingress) layer.media.ingress = true;
  if (!flags.media_api_secret_file.empty()) {
    auto secret = first_line_of(flags.media_api_secret_file);
    if (!secret) return fail(secret.error());
    layer.media.api_secret = std::move(*secret);
  }

  if (auto sentence = check_numbers(layer); !sentence.empty()) return fail(sentence);
  Config config = assemble(layer, flags.dev);
  auto livekit = read_livekit(layer);
  if (!livekit) return fail(livekit.error());
  config.livekit = std::move(*livekit);
  for (const auto& sentence : {check_ports(config), check_keys(config), check_addresses(config), check_database(config),
                               check_nats(config), check_studio(config)})
    if (!sentence.empty()) return fail(sentence);
  return config;
}

}  // namespace costage::config
