// Receiver report (RFC 3550 section 6.4.2): SSRC of the reporter, then `count` report blocks.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "sfu/wire/rtcp/compound.hpp"
#include "sfu/wire/rtcp/report_block.hpp"

namespace costage::sfu::rtcp {

struct ReceiverReport {
  std::uint32_t ssrc = 0;
  ReportBlocks reports;  // parsed only; `write` takes its own

  static std::optional<ReceiverReport> parse(const Packet& packet);
  // At most kMaxReportBlocks; none is an "empty" report, as a compound without news begins with.
  void write(ByteWriter& out, std::span<const ReportBlock> blocks = {}) const;
};

}  // namespace costage::sfu::rtcp
