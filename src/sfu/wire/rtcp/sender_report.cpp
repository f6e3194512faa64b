#include "sfu/wire/rtcp/sender_report.hpp"

#include <algorithm>

namespace costage::sfu::rtcp {

std::optional<SenderReport> SenderReport::parse(const Packet& packet) {
  if (!packet.is(Type::sender_report)) return {};
  ByteReader in(packet.body);
  SenderReport r;
  r.ssrc = in.u32();
  r.ntp = in.u64();
  r.rtp = in.u32();
  r.packets = in.u32();
  r.octets = in.u32();
  r.reports = ReportBlocks(in.take(packet.count * ReportBlock::kSize));
  if (!in.ok()) return {};
  return r;
}

void SenderReport::write(ByteWriter& out, std::span<const ReportBlock> blocks) const {
  blocks = blocks.first(std::min(blocks.size(), kMaxReportBlocks));
  const PacketWriter packet(out, Type::sender_report, static_cast<std::uint8_t>(blocks.size()));
  out.u32(ssrc);
  out.u64(ntp);
  out.u32(rtp);
  out.u32(packets);
  out.u32(octets);
  for (const ReportBlock& block : blocks) block.write(out);
}

}  // namespace costage::sfu::rtcp
