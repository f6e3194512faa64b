// How old the oldest message is that the path has not taken yet, from when each was sent and how many are still queued.
// Messages leave about in order; those that overtake others make the answer a guess, which is good enough to see a path
// that has fallen behind.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/time.hpp"

namespace costage::sfu {

class SendQueue {
 public:
  static constexpr std::size_t kRemembered = 256;  // 2 KiB a peer

  void on_sent(Instant now) { sent_at_[sent_++ % kRemembered] = now; }
  // Duration::max(): more are queued than can be remembered.
  [[nodiscard]] Duration age(Instant now, std::size_t queued) const {
    if (queued == 0 || sent_ == 0) return Duration::zero();
    if (queued > kRemembered) return Duration::max();
    return now - sent_at_[(sent_ - std::min<std::uint64_t>(queued, sent_)) % kRemembered];
  }

 private:
  std::array<Instant, kRemembered> sent_at_{};
  std::uint64_t sent_ = 0;
};

}  // namespace costage::sfu
