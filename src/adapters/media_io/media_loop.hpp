// One thread, one UDP socket, one TCP port, one Sfu. The caller's threads talk to it through two bounded queues;
// nothing else is shared.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/address.hpp"
#include "base/media.hpp"
#include "base/result.hpp"
#include "base/rng.hpp"
#include "base/time.hpp"
#include "sfu/stats.hpp"

namespace costage::media_io {

struct MediaLoopConfig {
  std::string bind = "127.0.0.1";
  std::uint16_t port = 0;                 // UDP; 0: any free one
  std::optional<std::uint16_t> tcp_port;  // none: no ICE over TCP; 0: any free one
  std::vector<std::string> advertise;     // IP addresses for clients behind a NAT; empty: those of the machine
  // `bind` is a loopback address, for this machine alone: nobody else's datagrams are looked at. The machine's other
  // addresses are offered too, since Firefox gathers no loopback candidate and pairs none with another kind; TCP stays
  // on `bind`.
  bool this_machine_only = false;
  std::unique_ptr<Rng> rng;  // cryptographic; used by the loop's thread only
  // Called on the loop's thread when events are waiting where none were: post a call of take_events() to your own loop.
  std::function<void()> on_events;
};

struct MediaLoopStats {
  sfu::Stats sfu;
  std::uint64_t send_dropped = 0;      // datagrams the kernel did not take
  std::uint64_t tcp_connections = 0;   // open
  std::uint64_t tcp_refused = 0;       // one too many
  std::uint64_t tcp_dropped = 0;       // packets to a connection that is slow or gone
  std::uint64_t commands_refused = 0;  // queue full
  std::uint64_t events_refused = 0;
  Instant at{};       // when these were counted
  Duration waited{};  // for packets and timers, since the start
};

class MediaLoop {
 public:
  static Result<std::unique_ptr<MediaLoop>, std::string> start(MediaLoopConfig config);
  ~MediaLoop();  // stops
  MediaLoop(const MediaLoop&) = delete;
  MediaLoop& operator=(const MediaLoop&) = delete;

  // From any thread. False: the queue is full, the command is refused and counted.
  bool send(media::Command command);
  [[nodiscard]] std::vector<media::Event> take_events();
  // From any thread; at most 100 ms old.
  [[nodiscard]] MediaLoopStats stats() const;
  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::uint16_t tcp_port() const;  // 0: none
  // Ends the thread; connected peers get DTLS close_notify.
  void stop();

 private:
  class Impl;
  explicit MediaLoop(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace costage::media_io
