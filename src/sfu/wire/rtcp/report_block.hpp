// The reception report that sender and receiver reports share (RFC 3550 section 6.4.1).
//
//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------------------------------------------------------+
// |                     SSRC of the source                        |
// +---------------+-----------------------------------------------+
// | fraction lost |     cumulative number of packets lost, signed |
// +---------------+-----------------------------------------------+
// |  sequence cycles (16), highest sequence number received (16)  |
// +---------------------------------------------------------------+
// |            interarrival jitter in timestamp units             |
// +---------------------------------------------------------------+
// |   middle 32 bits of the NTP time of the last sender report    |
// +---------------------------------------------------------------+
// |           delay since that report, in 1/65536 s               |
// +---------------------------------------------------------------+
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.hpp"

namespace costage::sfu::rtcp {

inline constexpr std::size_t kMaxReportBlocks = 31;

struct ReportBlock {
  std::uint32_t ssrc = 0;
  std::uint8_t fraction_lost = 0;      // of 256
  std::int32_t cumulative_lost = 0;    // 24 bits, written saturated
  std::uint32_t highest_sequence = 0;  // extended
  std::uint32_t jitter = 0;
  std::uint32_t last_sender_report = 0;
  std::uint32_t delay_since_last_sender_report = 0;

  static constexpr std::size_t kSize = 24;
  static ReportBlock read(ByteReader& in);
  void write(ByteWriter& out) const;
  friend bool operator==(const ReportBlock&, const ReportBlock&) = default;
};

class ReportBlocks {
 public:
  ReportBlocks() = default;
  explicit ReportBlocks(Bytes bytes) : bytes_(bytes) {}
  [[nodiscard]] std::size_t size() const { return bytes_.size() / ReportBlock::kSize; }
  [[nodiscard]] ReportBlock operator[](std::size_t i) const {
    ByteReader in(bytes_.subspan(i * ReportBlock::kSize, ReportBlock::kSize));
    return ReportBlock::read(in);
  }

 private:
  Bytes bytes_;
};

}  // namespace costage::sfu::rtcp
