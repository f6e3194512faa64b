// Arrival times of one publisher transport's packets by transport-wide sequence number, for the feedback that lets the
// sender estimate its bandwidth (draft-holmer-rmcat-transport-wide-cc-extensions-01).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/time.hpp"
#include "sfu/forward/sequence.hpp"

namespace costage::sfu {

class ArrivalRecorder {
 public:
  // 100 ms of 25 Mbit/s; more in one interval is reported in several feedback messages.
  static constexpr std::size_t kWindow = 512;

  void on_packet(Instant now, std::uint16_t transport_sequence);

  struct Report {
    std::uint16_t base_sequence = 0;
    std::span<const Instant>
        arrivals;  // consecutive packets from the base; kNever where none arrived. Valid until on_packet
    std::uint8_t feedback_count = 0;
  };
  [[nodiscard]] bool pending() const { return pending_ > 0; }
  // The next report; its arrivals are empty when there is nothing to tell.
  [[nodiscard]] Report take_report();
  // For a further message about the same report.
  [[nodiscard]] std::uint8_t next_feedback_count() { return feedback_count_++; }

 private:
  Instant& slot(std::int64_t sequence) { return ring_[static_cast<std::size_t>(sequence) % kWindow]; }

  SequenceUnwrapper unwrapper_;
  std::array<Instant, kWindow> ring_ = filled();
  std::array<Instant, kWindow> report_{};
  std::int64_t next_ = 0;  // first sequence number not yet reported
  std::size_t pending_ = 0;
  std::uint8_t feedback_count_ = 0;

  static std::array<Instant, kWindow> filled() {
    std::array<Instant, kWindow> out;
    out.fill(kNever);
    return out;
  }
};

}  // namespace costage::sfu
