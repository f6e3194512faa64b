#include "adapters/livekit_server/connect_request.hpp"

#include <array>
#include <charconv>

#include "base/text.hpp"

namespace costage::livekit_server {
namespace {

using Sdk = livekit::ClientInfo;

constexpr std::array<std::pair<std::string_view, Sdk::SDK>, 14> kSdks{{
    {"js", Sdk::JS},
    {"ios", Sdk::SWIFT},
    {"swift", Sdk::SWIFT},
    {"android", Sdk::ANDROID},
    {"flutter", Sdk::FLUTTER},
    {"go", Sdk::GO},
    {"unity", Sdk::UNITY},
    {"reactnative", Sdk::REACT_NATIVE},
    {"rust", Sdk::RUST},
    {"python", Sdk::PYTHON},
    {"cpp", Sdk::CPP},
    {"unityweb", Sdk::UNITY_WEB},
    {"node", Sdk::NODE},
    {"esp32", Sdk::ESP32},
}};
constexpr std::size_t kMaxText = 128;  // of what a client says about itself; kept per participant

std::string text(const http::Request& request, std::string_view name) {
  return std::string{request.query_value(name).value_or("").substr(0, kMaxText)};
}

bool flag(const http::Request& request, std::string_view name, bool otherwise) {
  const auto value = request.query_value(name);
  return value ? *value == "1" || *value == "true" : otherwise;
}

int number(const http::Request& request, std::string_view name) {
  const std::string digits = text(request, name);
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

void read_capabilities(std::string_view names, Sdk& client) {
  while (!names.empty()) {
    const std::size_t comma = std::min(names.find(','), names.size());
    Sdk::Capability capability{};
    if (Sdk::Capability_Parse(std::string{names.substr(0, comma)}, &capability)) client.add_capabilities(capability);
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
}

// livekit-client leaves it to the server to see who asks. Only Firefox makes a difference.
std::string browser(const http::Request& request) {
  const std::string said = text(request, "browser");
  const bool seen = said.empty() && request.header("user-agent").find("Firefox/") != std::string_view::npos;
  return seen || equals_ignoring_case(said, "firefox") ? "firefox" : said;
}

livekit::ClientInfo client_info(const http::Request& request) {
  livekit::ClientInfo client;
  const std::string sdk = text(request, "sdk");
  for (const auto& [name, value] : kSdks)
    if (name == sdk) client.set_sdk(value);
  client.set_version(text(request, "version"));
  client.set_protocol(number(request, "protocol"));
  client.set_client_protocol(number(request, "client_protocol"));
  client.set_os(text(request, "os"));
  client.set_os_version(text(request, "os_version"));
  client.set_device_model(text(request, "device_model"));
  client.set_browser(browser(request));
  client.set_browser_version(text(request, "browser_version"));
  client.set_network(text(request, "network"));
  read_capabilities(text(request, "capabilities"), client);
  return client;
}

}  // namespace

ConnectRequest read_connect_request(const http::Request& request) {
  ConnectRequest out;
  out.client = client_info(request);
  out.auto_subscribe = flag(request, "auto_subscribe", true);
  out.allow_pause = flag(request, "subscriber_allow_pause", false);
  out.reconnect = flag(request, "reconnect", false);
  out.participant = media::PeerSid{text(request, "sid")};
  return out;
}

}  // namespace costage::livekit_server
