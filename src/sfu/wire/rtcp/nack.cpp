#include "sfu/wire/rtcp/nack.hpp"

namespace costage::sfu::rtcp {

std::optional<Nack> Nack::parse(const Packet& packet) {
  if (!packet.is(Type::transport_feedback, kNack)) return {};
  ByteReader in(packet.body);
  Nack nack;
  nack.sender_ssrc = in.u32();
  nack.media_ssrc = in.u32();
  nack.items = in.rest();
  if (!in.ok() || nack.items.empty() || nack.items.size() % 4 != 0) return {};
  return nack;
}

void Nack::write(ByteWriter& out, std::uint32_t sender_ssrc, std::uint32_t media_ssrc,
                 std::span<const std::uint16_t> lost) {
  const PacketWriter packet(out, Type::transport_feedback, kNack);
  out.u32(sender_ssrc);
  out.u32(media_ssrc);
  for (std::size_t i = 0; i < lost.size();) {
    const std::uint16_t first = lost[i++];
    std::uint16_t mask = 0;
    for (; i < lost.size(); ++i) {
      const auto ahead = static_cast<std::uint16_t>(lost[i] - first);
      if (ahead == 0 || ahead > 16) break;
      mask = static_cast<std::uint16_t>(mask | 1u << (ahead - 1));
    }
    out.u16(first);
    out.u16(mask);
  }
}

}  // namespace costage::sfu::rtcp
