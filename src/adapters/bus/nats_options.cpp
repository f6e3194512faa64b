#include "adapters/bus/nats_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>
#include <cstdint>
#include <optional>
#include <vector>

namespace costage::bus {
namespace {

struct Server {
  std::string url;  // as the library reads it: with nothing escaped
  bool tls = false;
};

// The library writes these between quotes and splits them at a colon, both as they are.
bool is_plain(std::string_view text, bool colon_allowed) {
  return std::none_of(text.begin(), text.end(), [&](unsigned char c) {
    return c < ' ' || c == '"' || c == '\\' || (c == ':' && !colon_allowed);
  });
}

bool is_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port != 0;
}

std::optional<std::string> login_of(const boost::urls::url_view& url) {
  const std::string user{url.user()}, password{url.password()};
  if (!is_plain(user, false) || !is_plain(password, true) || (user.empty() && !password.empty())) return std::nullopt;
  if (user.empty()) return "";
  return password.empty() ? user + "@" : fmt::format("{}:{}@", user, password);
}

std::optional<Server> read_url(const std::string& text) {
  const auto url = boost::urls::parse_uri(text);
  if (!url || (url->scheme() != "nats" && url->scheme() != "tls")) return std::nullopt;
  if (url->encoded_host().empty() || (!url->encoded_path().empty() && url->encoded_path() != "/")) return std::nullopt;
  if (url->has_query() || url->has_fragment()) return std::nullopt;
  if (!url->port().empty() && !is_port(std::string{url->port()})) return std::nullopt;
  const auto login = login_of(*url);
  if (!login) return std::nullopt;
  return Server{fmt::format("{}://{}{}", std::string{url->scheme()}, *login, std::string{url->encoded_host_and_port()}),
                url->scheme() == "tls"};
}

Result<std::vector<Server>, std::string> read_urls(const std::vector<Secret>& urls) {
  if (urls.empty()) return fail("No NATS URL is set: at least one is needed, like nats://host:4222.");
  std::vector<Server> servers;
  for (const Secret& url : urls) {
    auto server = read_url(url.reveal());
    if (!server) {
      return fail(
          fmt::format("NATS URL {} of {} cannot be read: it should look like nats://host:4222 or tls://host:4222, "
                      "a token or user:password and an @ before the host if the server asks for one.",
                      servers.size() + 1, urls.size()));
    }
    servers.push_back(std::move(*server));
  }
  return servers;
}

bool set_servers(natsOptions* options, const std::vector<Server>& servers) {
  std::vector<const char*> urls;
  for (const Server& server : servers) urls.push_back(server.url.c_str());
  return natsOptions_SetServers(options, urls.data(), static_cast<int>(urls.size())) == NATS_OK;
}

// Nothing is kept while away: the library takes 0 as a limit, and a hint is worth nothing when it is late.
bool set_pace(natsOptions* options) {
  return natsOptions_SetTimeout(options, kConnectTimeout.count()) == NATS_OK &&
         natsOptions_SetWriteDeadline(options, kWriteTimeout.count()) == NATS_OK &&
         natsOptions_SetPingInterval(options, kPingEvery.count()) == NATS_OK &&
         natsOptions_SetMaxPingsOut(options, kMaxPingsOut) == NATS_OK &&
         natsOptions_SetMaxReconnect(options, -1) == NATS_OK &&  // for ever
         natsOptions_SetReconnectWait(options, kReconnectWait.count()) == NATS_OK &&
         natsOptions_SetReconnectJitter(options, kReconnectJitter.count(), kReconnectJitter.count()) == NATS_OK &&
         natsOptions_SetReconnectBufSize(options, 0) == NATS_OK;
}

}  // namespace

Result<Options, std::string> make_options(const NatsSettings& settings) {
  const auto servers = read_urls(settings.urls);
  if (!servers) return fail(servers.error());
  natsOptions* created = nullptr;
  if (natsOptions_Create(&created) != NATS_OK) return fail("There is no memory for a NATS connection.");
  Options options{created};
  const bool tls = !settings.tls_ca.empty() ||
                   std::any_of(servers->begin(), servers->end(), [](const Server& server) { return server.tls; });
  const bool set = set_servers(created, *servers) && set_pace(created) &&
                   natsOptions_SetName(created, settings.name.c_str()) == NATS_OK &&
                   natsOptions_SetNoEcho(created, true) == NATS_OK &&
                   (!tls || natsOptions_SetSecure(created, true) == NATS_OK);
  if (!set) return fail("The NATS library refused its settings.");
  if (!settings.tls_ca.empty() && natsOptions_LoadCATrustedCertificates(created, settings.tls_ca.c_str()) != NATS_OK)
    return fail(fmt::format("The certificates for NATS in {} cannot be read.", settings.tls_ca));
  return options;
}

}  // namespace costage::bus
