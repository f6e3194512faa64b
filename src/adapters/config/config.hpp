// What the operator decided: flags, then the environment, then the file of --config, then defaults. Whatever is wrong
// is one sentence for people.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace costage::config {

using Keys = std::map<std::string, Secret, std::less<>>;  // API key id -> secret

// A LiveKit server or cluster that carries the media.
struct LiveKit {
  std::string region;   // empty: the first
  std::string url;      // what clients connect to: "wss://livekit.example.org"
  std::string api_url;  // where its server API is: "https://livekit.example.org"
  std::string api_key;
  Secret api_secret;
  bool egress = false, ingress = false;  // whether these services of LiveKit's run beside it
  std::string recording_path;            // in the words of LiveKit's egress
  std::string recording_template;        // URL of the page that is recorded; empty: LiveKit's own
};

struct Config {
  bool dev = false;
  std::string bind = "127.0.0.1";
  std::uint16_t port = 7880;         // HTTP and WebSocket
  std::uint16_t media_port = 0;      // UDP, one per media loop from here on; port + 2 unless given
  std::uint16_t media_tcp_port = 0;  // ICE over TCP, one per media loop from here on; port + 1 unless given; 0: none
  std::size_t media_loops = 1;
  std::size_t gateways = 1;                  // threads that own the open WebSockets; 0: the control loop does
  std::vector<LiveKit> livekit;              // media.engine: livekit, the first and further regions; empty: embedded
  std::vector<std::string> media_addresses;  // what clients are told to send media to; empty: the machine's own
  std::string url;                           // what clients are told to connect to: "ws://127.0.0.1:7880"
  std::string data;                          // folder of the embedded database
  Secret database;                           // URL of a PostgreSQL database, for several nodes; empty: the embedded one
  std::vector<Secret> nats;  // servers that carry hints between the nodes; empty: each looks every second
  std::string nats_ca;       // PEM file of who signed their certificates; empty: the system's
  std::string web;           // folder of the studio's files; empty: beside the program, or /usr/share/costage/web
  std::string log_level = "info";
  // What becomes of the shows that this node carries when it is asked to end, and when it ends all the same.
  bool drain_moves = true;
  std::chrono::seconds drain_within{60};
  Keys keys;
  std::string signing_key;                    // the key that signs what the server issues: the first by name
  std::vector<std::string> livekit_webhooks;  // URLs that get LiveKit's webhooks
  bool livekit_remote_unmute = false;         // RoomService.MutePublishedTrack may also unmute
  std::vector<std::string>
      frame_ancestors;    // origins whose pages may show the studio in a frame: "https://shop.example"
  std::string login_url;  // where the studio sends people without a token; gets ?return= with the page's address
};

// An IPv6 address stands in brackets.
[[nodiscard]] std::string host_in_url(const std::string& address);

// --help and --version: print `text` and end with 0.
struct Print {
  std::string text;
};

using Environment = std::function<std::optional<std::string>(const std::string& name)>;

// `arguments` without the program's name. The error is one sentence.
Result<std::variant<Config, Print>, std::string> load(const std::vector<std::string>& arguments,
                                                      const Environment& environment, const std::string& version);

}  // namespace costage::config
