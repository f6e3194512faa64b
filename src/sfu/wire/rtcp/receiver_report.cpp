#include "sfu/wire/rtcp/receiver_report.hpp"

#include <algorithm>

namespace costage::sfu::rtcp {

std::optional<ReceiverReport> ReceiverReport::parse(const Packet& packet) {
  if (!packet.is(Type::receiver_report)) return {};
  ByteReader in(packet.body);
  ReceiverReport r;
  r.ssrc = in.u32();
  r.reports = ReportBlocks(in.take(packet.count * ReportBlock::kSize));
  if (!in.ok()) return {};
  return r;
}

void ReceiverReport::write(ByteWriter& out, std::span<const ReportBlock> blocks) const {
  blocks = blocks.first(std::min(blocks.size(), kMaxReportBlocks));
  const PacketWriter packet(out, Type::receiver_report, static_cast<std::uint8_t>(blocks.size()));
  out.u32(ssrc);
  for (const ReportBlock& block : blocks) block.write(out);
}

}  // namespace costage::sfu::rtcp
