// What the packets of one received SSRC tell, as RFC 3550 section 6.4.1 and appendices A.3 and A.8 count it.
#pragma once

#include <cstdint>
#include <optional>

#include "base/time.hpp"

namespace costage::sfu {

class ReceiveStats {
 public:
  explicit ReceiveStats(std::uint32_t clock_rate) : clock_rate_(clock_rate) {}

  // For packets in their own stream, whether in order or not; `sequence` is unwrapped.
  void on_packet(Instant now, std::int64_t sequence, std::uint32_t timestamp);
  // A retransmission repairs the loss count but says nothing about jitter.
  void on_repaired();

  struct Report {
    std::uint8_t fraction_lost = 0;  // of 256, since the last report
    std::int32_t cumulative_lost = 0;
    std::uint32_t highest_sequence = 0;  // with cycles in the upper half
    std::uint32_t jitter = 0;            // in clock units
  };
  // Closes the interval. Empty before the first packet.
  [[nodiscard]] std::optional<Report> take_report();

  [[nodiscard]] bool started() const { return received_ > 0; }
  [[nodiscard]] Instant last_arrival() const { return last_arrival_; }
  [[nodiscard]] std::uint64_t received() const { return received_; }
  [[nodiscard]] std::uint64_t expected() const {
    return started() ? static_cast<std::uint64_t>(highest_ - first_ + 1) : 0;
  }
  [[nodiscard]] Duration jitter() const;

 private:
  void update_jitter(Instant now, std::uint32_t timestamp);

  std::uint32_t clock_rate_;
  std::int64_t first_ = 0;
  std::int64_t highest_ = 0;
  std::uint64_t received_ = 0;
  std::uint64_t reported_expected_ = 0;
  std::uint64_t reported_received_ = 0;
  std::int64_t last_transit_ = 0;
  std::int64_t jitter_q4_ = 0;  // sixteenths of a clock unit, as appendix A.8 keeps it
  Instant last_arrival_{};
};

}  // namespace costage::sfu
