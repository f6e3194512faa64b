// The media server without I/O: datagrams, commands and time go in; datagrams, events and "wake me at" come out.
// One Sfu belongs to one media loop and is used by its thread only. It never reads a clock, opens a socket or logs.
//
// A turn of the loop:
//     sfu.on_command(now, command) / sfu.on_packet(now, from, datagram) / sfu.on_time(now)   // one input
//     send everything in sfu.outgoing(), then sfu.outgoing().clear()                         // then drain
//     hand on sfu.take_events(); sleep until sfu.wake_at() or the next input
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "base/media.hpp"
#include "base/rng.hpp"
#include "base/time.hpp"
#include "sfu/packet_batch.hpp"
#include "sfu/stats.hpp"

namespace costage::sfu {

// What on_packet() made of a datagram.
enum class Heard : std::uint8_t {
  valid_check,  // an authenticated ICE check: whoever sent it was told of a transport here
  other,
};

struct Config {
  std::vector<Address> candidates;  // host candidates of UDP and TCP, written into every SDP, best first
};

class Sfu {
 public:
  Sfu(Config config, Rng& rng, Instant now);
  ~Sfu();
  Sfu(const Sfu&) = delete;
  Sfu& operator=(const Sfu&) = delete;

  void on_command(Instant now, media::Command command);
  // `datagram` may be decrypted in place. Malformed, unknown and unauthenticated datagrams are dropped and counted.
  Heard on_packet(Instant now, const Address& from, MutableBytes datagram);
  // A connection of TCP is over.
  void on_closed(Instant now, const Address& from);
  void on_time(Instant now);
  // Says good-bye to every peer; nothing is expected afterwards.
  void shutdown(Instant now);

  [[nodiscard]] PacketBatch& outgoing();
  [[nodiscard]] std::vector<media::Event> take_events();
  [[nodiscard]] Instant wake_at() const;
  [[nodiscard]] const Stats& stats() const;
  // Stops the program if the tables contradict each other; for tests.
  void check() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace costage::sfu
