// Which packets of a received stream are missing and when to ask for them again.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/time.hpp"

namespace costage::sfu {

class NackTracker {
 public:
  // 256 packets are about a second of 2.5 Mbit/s video; a larger hole is repaired by a key frame instead.
  static constexpr std::size_t kMaxMissing = 256;
  static constexpr int kMaxAttempts = 8;
  static constexpr Duration kGiveUpAfter{1'000'000};
  static constexpr Duration kReorderTolerance{5'000};

  // `sequence` is unwrapped. True if it was missing.
  bool on_packet(Instant now, std::int64_t sequence);
  // Writes the sequence numbers to ask for now and returns how many. Asks again after one round trip at the earliest.
  std::size_t due(Instant now, std::span<std::uint16_t> out);
  // Something is missing, or was and take_hopeless() has not told.
  [[nodiscard]] bool pending() const { return count_ > 0 || hopeless_; }
  // True once after a hole that cannot be repaired packet by packet.
  [[nodiscard]] bool take_hopeless();
  // Smoothed time from the first request to the repaired packet.
  [[nodiscard]] Duration round_trip() const { return round_trip_; }

 private:
  struct Missing {
    std::int64_t sequence = 0;
    Instant since{};
    Instant asked{};
    int attempts = 0;
  };
  bool remove(Instant now, std::int64_t sequence);
  void add_gap_before_first(Instant now, std::int64_t sequence);
  void add_gap(Instant now, std::int64_t from, std::int64_t to);
  void drop_expired(Instant now);

  std::array<Missing, kMaxMissing> missing_;  // ascending by sequence
  std::size_t count_ = 0;
  std::int64_t first_ = -1;
  std::int64_t highest_ = -1;
  Duration round_trip_{60'000};
  bool hopeless_ = false;
};

}  // namespace costage::sfu
