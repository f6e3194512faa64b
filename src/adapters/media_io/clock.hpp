// The only place that reads clocks: for media loops with each batch, for the control loop once per turn.
#pragma once

#include <ctime>
#include <optional>

#include "base/clock.hpp"

namespace costage::media_io {

inline Instant monotonic_now() {
  timespec t{};
  clock_gettime(CLOCK_MONOTONIC, &t);
  return Instant{Duration{t.tv_sec * 1'000'000 + t.tv_nsec / 1000}};
}

inline Moment read_clocks() {
  return {monotonic_now(), std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now())};
}

// Read when the first asks in a turn of its loop.
class TurnClock final : public Clock {
 public:
  [[nodiscard]] Moment moment() const override {
    if (!moment_) moment_ = read_clocks();
    return *moment_;
  }
  void next_turn() { moment_.reset(); }

 private:
  mutable std::optional<Moment> moment_;
};

}  // namespace costage::media_io
