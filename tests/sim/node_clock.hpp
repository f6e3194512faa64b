// A machine's own clocks: the wall clock is off, drifts and is set by somebody now and then; the other one only drifts.
#pragma once

#include "base/clock.hpp"
#include "world.hpp"

namespace costage::sim {

class NodeClock final : public Clock {
 public:
  explicit NodeClock(World& world)
      : world_(world), off_(world.between(-kMostOff, kMostOff)), ppm_(world.between(-kMostPpm, kMostPpm).count()) {}

  [[nodiscard]] Moment moment() const override {
    const auto passed = world_.now() - begun_;
    const auto drift = std::chrono::duration_cast<Duration>(passed) * ppm_ / kMillion;
    return {Instant{std::chrono::duration_cast<Duration>(passed) + drift},
            world_.now() + off_ + std::chrono::duration_cast<milliseconds>(kWallDriftsMore * drift)};
  }
  void step() { off_ = world_.between(-kMostOff, kMostOff); }

 private:
  static constexpr milliseconds kMostOff{8000}, kMostPpm{200};
  static constexpr std::int64_t kMillion = 1'000'000;
  static constexpr int kWallDriftsMore = 20;

  World& world_;
  WallTime begun_ = world_.now();
  milliseconds off_;
  std::int64_t ppm_;
};

}  // namespace costage::sim
