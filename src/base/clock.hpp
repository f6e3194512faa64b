// What time it is. Adapters and use cases ask; the cores are told. All that asks within one turn of a loop hears the
// same.
#pragma once

#include <chrono>
#include <optional>

#include "base/time.hpp"

namespace costage {

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Moment moment() const = 0;
  [[nodiscard]] WallTime now() const { return moment().wall; }
};

// The time of somebody else, who says now and then what it is: nodes that share a database go by that. Between two
// words time goes on evenly, whatever happens to this machine's own wall clock.
class CorrectedClock final : public Clock {
 public:
  static constexpr std::chrono::milliseconds kTolerated{20};  // about the time a word is on its way

  explicit CorrectedClock(const Clock& own) : own_(own) {}
  [[nodiscard]] Moment moment() const override {
    const Moment own = own_.moment();
    if (!said_) return own;
    return {own.now, said_->wall + std::chrono::duration_cast<std::chrono::milliseconds>(own.now - said_->now)};
  }
  void say(WallTime wall) {
    const Moment here = moment();
    if (said_ && std::chrono::abs(wall - here.wall) <= kTolerated) return;
    said_ = Moment{here.now, wall};
  }

 private:
  const Clock& own_;
  std::optional<Moment> said_;
};

// Time that stands still until it is set, for tests and simulations.
class VirtualClock final : public Clock {
 public:
  [[nodiscard]] Moment moment() const override { return {Instant{time.time_since_epoch()}, time}; }
  WallTime time = from_unix_ms(1'800'000'000'000);
};

}  // namespace costage
