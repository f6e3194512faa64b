// How much may be sent to one subscriber. The receiver's own estimate (REMB) never grows far beyond what it receives,
// so it is a ceiling only where it lies below what is being sent and falls or stays; otherwise the way to learn of more
// room is to try it, more and more rarely after each attempt that failed. An attempt is worth making only if something
// can be sent with it, so it is one step of what the subscriber could get.
#pragma once

#include <algorithm>
#include <cstdint>

#include "base/time.hpp"

namespace costage::sfu {

class Downlink {
 public:
  static constexpr std::uint64_t kUnlimited = UINT64_MAX;
  static constexpr Duration kShortestHold{3'000'000};
  static constexpr Duration kLongestHold{60'000'000};

  // `sending`: what goes out now, in bit/s.
  void on_estimate(Instant now, std::uint64_t estimate, std::uint64_t sending) {
    // One that is low and grows is that of a receiver which has just begun: it has not seen more yet. Between two steps
    // of its growth it is told more than once.
    if (estimate > estimate_) grew_at_ = now;
    const bool falls = estimate < estimate_;
    estimate_ = estimate;
    const bool limits = falls || now - grew_at_ >= kSteady;
    if (limits && estimate < sending * 95 / 100) congested(now, estimate);
  }
  // Loss that the subscriber reports, of 256. Above a tenth the link is full, whatever the estimate says.
  void on_loss(Instant now, std::uint8_t fraction_lost, std::uint64_t sending) {
    if (fraction_lost > 26) congested(now, sending * (512 - fraction_lost) / 512);
  }
  // The budget of this moment. Call before each allocation. `next_step`: with how much, in bit/s, more could be sent
  // than now.
  [[nodiscard]] std::uint64_t budget(Instant now, std::uint64_t next_step = 0) {
    if (limit_ != kUnlimited && now >= try_more_at_) {
      limit_ = std::max(limit_, estimate_);
      limit_ = std::max(limit_ + limit_ / 2, next_step);
      try_more_at_ = now + kShortestHold;
      trying_until_ = now + kShortestHold;
      if (limit_ > kPlenty) limit_ = kUnlimited;
    }
    return limit_;
  }

 private:
  static constexpr Duration kSteady{1'000'000};         // an estimate that has not grown for so long will not
  static constexpr std::uint64_t kPlenty = 50'000'000;  // beyond any stage of six cameras

  void congested(Instant now, std::uint64_t limit) {
    const bool attempt_failed = now < trying_until_;
    hold_ = attempt_failed ? std::min(hold_ * 2, kLongestHold) : hold_;
    if (!attempt_failed && now >= try_more_at_ + 4 * hold_) hold_ = kShortestHold;
    trying_until_ = now;
    limit_ = limit;
    try_more_at_ = now + hold_;
  }

  std::uint64_t limit_ = kUnlimited;
  std::uint64_t estimate_ = 0;
  Instant grew_at_{};
  Duration hold_ = kShortestHold;
  Instant try_more_at_{};
  Instant trying_until_{};
};

}  // namespace costage::sfu
