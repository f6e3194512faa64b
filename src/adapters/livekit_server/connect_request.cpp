#include "adapters/livekit_server/connect_request.hpp"

#include <array>
#include <boost/json.hpp>
#include <charconv>

#include "adapters/base64/base64.hpp"
#include "adapters/livekit_server/join_request.hpp"
#include "base/text.hpp"
#include "signal/message_texts.hpp"

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
constexpr int kMaxCapabilities = 32;   // there are five

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
std::string browser(const http::Request& request, const std::string& said) {
  const bool seen = said.empty() && request.header("user-agent").find("Firefox/") != std::string_view::npos;
  return seen || equals_ignoring_case(said, "firefox") ? "firefox" : said;
}

Sdk client_info(const http::Request& request) {
  Sdk client;
  const std::string sdk = text(request, "sdk");
  for (const auto& [name, value] : kSdks)
    if (name == sdk) client.set_sdk(value);
  client.set_version(text(request, "version"));
  client.set_protocol(number(request, "protocol"));
  client.set_client_protocol(number(request, "client_protocol"));
  client.set_os(text(request, "os"));
  client.set_os_version(text(request, "os_version"));
  client.set_device_model(text(request, "device_model"));
  client.set_browser(text(request, "browser"));
  client.set_browser_version(text(request, "browser_version"));
  client.set_network(text(request, "network"));
  read_capabilities(text(request, "capabilities"), client);
  return client;
}

// A JSON object in base64url. What is none is ignored, as LiveKit does.
void read_attributes(const http::Request& request, livekit::JoinRequest& out) {
  const auto json = base64_decoded(std::string{request.query_value("attributes").value_or("")});
  boost::system::error_code error;
  const auto value = boost::json::parse(json.value_or(""), error);
  if (error || !value.is_object()) return;
  for (const auto& [key, text] : value.get_object())
    if (text.is_string()) (*out.mutable_participant_attributes())[std::string{key}] = std::string{text.get_string()};
}

livekit::JoinRequest from_query(const http::Request& request) {
  livekit::JoinRequest out;
  *out.mutable_client_info() = client_info(request);
  auto& settings = *out.mutable_connection_settings();
  settings.set_auto_subscribe(flag(request, "auto_subscribe", true));
  settings.set_adaptive_stream(flag(request, "adaptive_stream", false));
  settings.set_subscriber_allow_pause(flag(request, "subscriber_allow_pause", false));
  settings.set_auto_subscribe_data_track(flag(request, "auto_subscribe_data_track", true));
  out.set_reconnect(flag(request, "reconnect", false));
  out.set_participant_sid(text(request, "sid"));
  read_attributes(request, out);
  return out;
}

void shorten(std::string& text) { text.resize(std::min(text.size(), kMaxText)); }

// As long as those of a query may be.
void shorten_texts(Sdk& client) {
  for (std::string* text : {client.mutable_version(), client.mutable_os(), client.mutable_os_version(),
                            client.mutable_device_model(), client.mutable_browser(), client.mutable_browser_version(),
                            client.mutable_network(), client.mutable_address(), client.mutable_other_sdks()})
    shorten(*text);
  if (client.capabilities_size() > kMaxCapabilities) client.mutable_capabilities()->Truncate(kMaxCapabilities);
}

}  // namespace

std::vector<livekit::SignalRequest> ConnectRequest::first_requests() const {
  std::vector<livekit::SignalRequest> out;
  for (const auto& track : join.add_track_requests()) *out.emplace_back().mutable_add_track() = track;
  if (join.reconnect() && join.has_sync_state()) *out.emplace_back().mutable_sync_state() = join.sync_state();
  if (join.has_publisher_offer()) *out.emplace_back().mutable_offer() = join.publisher_offer();
  return out;
}

Result<ConnectRequest, Refused> read_connect_request(const http::Request& request, Signalling signalling) {
  ConnectRequest out;
  const auto wrapped = request.query_value("join_request");
  if (wrapped) {
    auto join = read_join_request(*wrapped);
    if (!join) return fail(Refused{400, join.error()});
    out.join = std::move(*join);
    out.connections = media::Connections::single;
  } else if (signalling == Signalling::v1) {
    return fail(Refused{400, "join_request is required"});
  } else {
    out.join = from_query(request);
  }
  livekit::ClientInfo& client = *out.join.mutable_client_info();
  shorten_texts(client);
  client.set_browser(browser(request, client.browser()));
  if (signal::find_bad_text(out.join)) return fail(Refused{400, "a text of the request holds control characters"});
  return out;
}

Result<signal::Grants, Refused> with_own_metadata(signal::Grants grants, const livekit::JoinRequest& join) {
  if (join.metadata().empty() && join.participant_attributes().empty()) return grants;
  if (!grants.permission.can_update_metadata())
    return fail(Refused{401, "the token does not allow to set metadata or attributes"});
  if (!join.metadata().empty()) {
    grants.metadata = join.metadata();
    grants.metadata_left_out = false;
  }
  for (const auto& [key, value] : join.participant_attributes())
    if (!value.empty()) grants.attributes[key] = value;  // empty would delete it
  return grants;
}

}  // namespace costage::livekit_server
