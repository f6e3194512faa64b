// Bits per second over the last second, in ten slots of 100 ms.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>

#include "base/time.hpp"

namespace costage::sfu {

class RateMeter {
 public:
  void add(Instant now, std::size_t bytes) {
    advance(now);
    slots_[static_cast<std::size_t>(tick_) % kSlots] += bytes;
  }
  [[nodiscard]] std::uint64_t bits_per_second(Instant now) {
    advance(now);
    return 8 * std::accumulate(slots_.begin(), slots_.end(), std::uint64_t{0});
  }

 private:
  static constexpr std::size_t kSlots = 10;
  void advance(Instant now) {
    const std::int64_t tick = now.time_since_epoch().count() / 100'000;
    if (tick - tick_ >= static_cast<std::int64_t>(kSlots)) {
      slots_.fill(0);
      tick_ = tick;
    }
    while (tick_ < tick) slots_[static_cast<std::size_t>(++tick_) % kSlots] = 0;
  }

  std::array<std::uint64_t, kSlots> slots_{};
  std::int64_t tick_ = 0;
};

}  // namespace costage::sfu
