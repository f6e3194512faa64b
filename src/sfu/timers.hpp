// All timers of one Sfu in one table. Each has one job for every peer or room, so the table never grows.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "base/time.hpp"

namespace costage::sfu {

enum class Timer : std::size_t {
  transports,  // handshakes, consent, data channels: the earliest any of them wants
  offers,      // subscriber offers; due at once, so that the changes of one turn go into one offer
  repair,      // NACKs and key frame requests to publishers
  feedback,    // transport-wide feedback to publishers
  reports,     // sender and receiver reports; layers that started or stopped
  allocation,  // which layers each subscriber can be sent
  speakers,
  quality,
  count
};

inline constexpr std::array<std::string_view, static_cast<std::size_t>(Timer::count)> kTimerNames = {
    "transports", "offers", "repair", "feedback", "reports", "allocation", "speakers", "quality"};

class Timers {
 public:
  Timers() { at_.fill(kNever); }

  // Due at `at` or earlier.
  void at_most(Timer timer, Instant at) { slot(timer) = std::min(slot(timer), at); }
  // True if it was due; it is off then.
  [[nodiscard]] bool take(Timer timer, Instant now) {
    if (slot(timer) > now) return false;
    slot(timer) = kNever;
    return true;
  }
  [[nodiscard]] Instant next() const { return *std::min_element(at_.begin(), at_.end()); }
  [[nodiscard]] Instant at(Timer timer) const { return at_[static_cast<std::size_t>(timer)]; }

 private:
  Instant& slot(Timer timer) { return at_[static_cast<std::size_t>(timer)]; }
  std::array<Instant, static_cast<std::size_t>(Timer::count)> at_;
};

}  // namespace costage::sfu
