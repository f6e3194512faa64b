// Sender report (RFC 3550 section 6.4.1).
//
// +---------------------------------------------------------------+
// |                        SSRC of sender                         |
// +---------------------------------------------------------------+
// |              NTP timestamp (64), seconds in 32.32             |
// +---------------------------------------------------------------+
// |                         RTP timestamp                         |
// +---------------------------------------------------------------+
// |                     sender's packet count                     |
// +---------------------------------------------------------------+
// |                      sender's octet count                     |
// +---------------------------------------------------------------+
// |                   `count` report blocks, extensions           |
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "sfu/wire/rtcp/compound.hpp"
#include "sfu/wire/rtcp/report_block.hpp"

namespace costage::sfu::rtcp {

struct SenderReport {
  std::uint32_t ssrc = 0;
  std::uint64_t ntp = 0;
  std::uint32_t rtp = 0;
  std::uint32_t packets = 0;
  std::uint32_t octets = 0;
  ReportBlocks reports;  // parsed only; `write` takes its own

  static std::optional<SenderReport> parse(const Packet& packet);
  // At most kMaxReportBlocks.
  void write(ByteWriter& out, std::span<const ReportBlock> blocks = {}) const;
};

}  // namespace costage::sfu::rtcp
