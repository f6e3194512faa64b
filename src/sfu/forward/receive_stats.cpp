#include "sfu/forward/receive_stats.hpp"

#include <algorithm>
#include <cstdlib>

namespace costage::sfu {

void ReceiveStats::on_packet(Instant now, std::int64_t sequence, std::uint32_t timestamp) {
  if (!started() || sequence > highest_)
    update_jitter(now, timestamp);  // a late packet measures its detour, not jitter
  if (!started()) first_ = highest_ = sequence;
  first_ = std::min(first_, sequence);
  highest_ = std::max(highest_, sequence);
  ++received_;
  last_arrival_ = now;
}

void ReceiveStats::on_repaired() { ++received_; }

void ReceiveStats::update_jitter(Instant now, std::uint32_t timestamp) {
  const std::int64_t arrival = now.time_since_epoch().count() * clock_rate_ / 1'000'000;
  const std::int64_t transit = arrival - timestamp;
  const std::int64_t change = std::llabs(static_cast<std::int32_t>(transit - last_transit_));
  last_transit_ = transit;
  // A jump of more than a second is a new timestamp base, not jitter.
  if (!started() || change > clock_rate_) return;
  jitter_q4_ += change - ((jitter_q4_ + 8) >> 4);
}

std::optional<ReceiveStats::Report> ReceiveStats::take_report() {
  if (!started()) return std::nullopt;
  const std::int64_t interval = static_cast<std::int64_t>(expected() - reported_expected_);
  const std::int64_t lost = interval - static_cast<std::int64_t>(received_ - reported_received_);
  reported_expected_ = expected();
  reported_received_ = received_;

  Report out;
  if (interval > 0 && lost > 0)
    out.fraction_lost = static_cast<std::uint8_t>(std::min<std::int64_t>(255, lost * 256 / interval));
  const std::int64_t cumulative = static_cast<std::int64_t>(expected()) - static_cast<std::int64_t>(received_);
  out.cumulative_lost = static_cast<std::int32_t>(std::clamp<std::int64_t>(cumulative, -0x800000, 0x7fffff));
  out.highest_sequence = static_cast<std::uint32_t>(highest_ - (1 << 16));  // SequenceUnwrapper starts one cycle up
  out.jitter = static_cast<std::uint32_t>(jitter_q4_ >> 4);
  return out;
}

Duration ReceiveStats::jitter() const { return Duration{(jitter_q4_ >> 4) * 1'000'000 / clock_rate_}; }

}  // namespace costage::sfu
