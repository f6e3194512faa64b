// What time it is. Adapters and use cases ask; the cores are told. All that asks within one turn of a loop hears the
// same.
#pragma once

#include "base/time.hpp"

namespace costage {

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Moment moment() const = 0;
  [[nodiscard]] WallTime now() const { return moment().wall; }
};

// Time that stands still until it is set, for tests and simulations.
class VirtualClock final : public Clock {
 public:
  [[nodiscard]] Moment moment() const override { return {Instant{time.time_since_epoch()}, time}; }
  WallTime time = from_unix_ms(1'800'000'000'000);
};

}  // namespace costage
