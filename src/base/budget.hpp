// A token bucket: `burst` at once, `per_second` in the long run.
#pragma once

#include <algorithm>
#include <cstdint>

#include "base/time.hpp"

namespace costage {

struct Rate {
  std::uint32_t burst = 0;
  std::uint32_t per_second = 0;
};

class Budget {
 public:
  explicit constexpr Budget(Rate rate) : rate_(rate), left_(rate.burst) {}

  // False: more than is left, and nothing is taken.
  [[nodiscard]] bool take(Instant now, double cost) {
    if (!has(now, cost)) return false;
    left_ -= cost;
    return true;
  }
  [[nodiscard]] bool has(Instant now, double cost) {
    const auto seconds = std::chrono::duration<double>(now - filled_at_).count();
    left_ = std::min<double>(rate_.burst, left_ + seconds * rate_.per_second);
    filled_at_ = now;
    return cost <= left_;
  }

 private:
  Rate rate_;
  double left_;
  Instant filled_at_{};
};

}  // namespace costage
