// What arrived of one RTP stream.
#pragma once

#include <cstdint>

#include "base/time.hpp"

namespace costage::bench {

struct StreamCount {
  Instant first_at{};
  Instant last_at{};
  std::uint64_t packets = 0;
  std::int64_t lowest = 0;  // unwrapped sequence numbers
  std::int64_t highest = 0;

  void add(Instant arrived, std::uint16_t sequence);
  [[nodiscard]] std::uint64_t expected() const {
    return packets == 0 ? 0 : static_cast<std::uint64_t>(highest - lowest + 1);
  }
};

}  // namespace costage::bench
