// Counters of one Sfu; every drop has a reason.
#pragma once

#include <cstdint>

namespace costage::sfu {

struct Stats {
  std::uint64_t packets_in = 0;
  std::uint64_t bytes_in = 0;
  std::uint64_t packets_out = 0;
  std::uint64_t bytes_out = 0;
  std::uint64_t rtp_forwarded = 0;
  std::uint64_t dropped_malformed = 0;
  std::uint64_t dropped_unknown_sender = 0;
  std::uint64_t dropped_unauthenticated = 0;
  std::uint64_t dropped_replayed = 0;
  std::uint64_t dropped_batch_full = 0;
  std::uint64_t dropped_data_buffer_full = 0;  // data channel messages
  std::uint64_t nacks_received = 0;
  std::uint64_t nacks_sent = 0;
  std::uint64_t retransmitted = 0;
  std::uint64_t plis_received = 0;
  std::uint64_t plis_sent = 0;
  std::uint64_t data_sent = 0;
  std::uint64_t data_dropped = 0;  // channel not open, its buffer full, or too big
  std::uint64_t peers_woken = 0;   // how often a timer of one peer was due
  std::uint32_t rooms = 0;
  std::uint32_t peers = 0;
  std::uint32_t tracks = 0;
  std::uint32_t subscriptions = 0;
};

}  // namespace costage::sfu
