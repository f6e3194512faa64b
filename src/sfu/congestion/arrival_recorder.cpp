#include "sfu/congestion/arrival_recorder.hpp"

#include <algorithm>

namespace costage::sfu {

void ArrivalRecorder::on_packet(Instant now, std::uint16_t transport_sequence) {
  const bool first = !unwrapper_.started();
  const std::int64_t sequence = unwrapper_.unwrap(transport_sequence);
  if (first) next_ = sequence;
  if (sequence < next_) return;  // already reported as lost
  const std::int64_t window = static_cast<std::int64_t>(kWindow);
  if (sequence >= next_ + window) {
    // A jump past the window: what lies before it will never be reported.
    ring_.fill(kNever);
    pending_ = 0;
    next_ = sequence;
  }
  if (slot(sequence) == kNever) ++pending_;
  slot(sequence) = std::min(slot(sequence), now);
}

ArrivalRecorder::Report ArrivalRecorder::take_report() {
  if (pending_ == 0) return {};
  const auto count = static_cast<std::size_t>(unwrapper_.highest() - next_ + 1);
  for (std::size_t i = 0; i < count; ++i) {
    Instant& at = slot(next_ + static_cast<std::int64_t>(i));
    report_[i] = at;
    at = kNever;
  }
  const auto base = static_cast<std::uint16_t>(next_);
  next_ = unwrapper_.highest() + 1;
  pending_ = 0;
  return {base, std::span{report_}.first(count), feedback_count_++};
}

}  // namespace costage::sfu
