#include "sfu/forward/nack_tracker.hpp"

#include <algorithm>
#include <utility>

namespace costage::sfu {

bool NackTracker::on_packet(Instant now, std::int64_t sequence) {
  if (highest_ < 0) {
    first_ = highest_ = sequence;
    return false;
  }
  if (sequence < first_) add_gap_before_first(now, sequence);
  if (sequence <= highest_) return remove(now, sequence);
  add_gap(now, highest_ + 1, sequence);
  highest_ = sequence;
  return false;
}

void NackTracker::add_gap(Instant now, std::int64_t from, std::int64_t to) {
  if (static_cast<std::uint64_t>(to - from) > kMaxMissing - count_) {
    count_ = 0;
    hopeless_ = true;
    return;
  }
  for (std::int64_t s = from; s < to; ++s) missing_[count_++] = {.sequence = s, .since = now};
}

// The stream began with packets out of order: what lies between belongs to the first key frame.
void NackTracker::add_gap_before_first(Instant now, std::int64_t sequence) {
  constexpr std::int64_t kFarthest = 32;
  const std::int64_t gap = first_ - sequence - 1;
  first_ = sequence;
  if (gap > kFarthest || count_ + static_cast<std::size_t>(gap) > kMaxMissing) return;
  std::move_backward(missing_.begin(), missing_.begin() + count_, missing_.begin() + count_ + gap);
  for (std::int64_t i = 0; i < gap; ++i) missing_[i] = {.sequence = sequence + 1 + i, .since = now};
  count_ += static_cast<std::size_t>(gap);
}

bool NackTracker::remove(Instant now, std::int64_t sequence) {
  const auto end = missing_.begin() + count_;
  const auto at = std::lower_bound(missing_.begin(), end, sequence,
                                   [](const Missing& m, std::int64_t s) { return m.sequence < s; });
  if (at == end || at->sequence != sequence) return false;
  // Only a first request measures: after a second one nobody knows which of them was answered.
  if (at->attempts == 1) round_trip_ = (round_trip_ * 7 + (now - at->asked)) / 8;
  std::move(at + 1, end, at);
  --count_;
  return true;
}

void NackTracker::drop_expired(Instant now) {
  const auto end = missing_.begin() + count_;
  const auto kept = std::remove_if(missing_.begin(), end, [&](const Missing& m) {
    return m.attempts >= kMaxAttempts || now - m.since > kGiveUpAfter;
  });
  count_ = static_cast<std::size_t>(kept - missing_.begin());
}

std::size_t NackTracker::due(Instant now, std::span<std::uint16_t> out) {
  drop_expired(now);
  const Duration again = std::clamp(round_trip_ * 5 / 4, Duration{20'000}, Duration{300'000});
  std::size_t n = 0;
  for (std::size_t i = 0; i < count_ && n < out.size(); ++i) {
    Missing& m = missing_[i];
    if (m.attempts == 0 ? now - m.since < kReorderTolerance : now - m.asked < again) continue;
    m.asked = now;
    ++m.attempts;
    out[n++] = static_cast<std::uint16_t>(m.sequence);
  }
  return n;
}

bool NackTracker::take_hopeless() { return std::exchange(hopeless_, false); }

}  // namespace costage::sfu
