#include "sfu/wire/rtcp/fir.hpp"

namespace costage::sfu::rtcp {

std::optional<Fir> Fir::parse(const Packet& packet) {
  if (!packet.is(Type::payload_feedback, kFir)) return {};
  ByteReader in(packet.body);
  Fir fir;
  fir.sender_ssrc = in.u32();
  in.skip(4);
  fir.entries = in.rest();
  if (!in.ok() || fir.entries.empty() || fir.entries.size() % 8 != 0) return {};
  return fir;
}

void Fir::write(ByteWriter& out, std::uint32_t sender_ssrc, std::span<const Entry> entries) {
  const PacketWriter packet(out, Type::payload_feedback, kFir);
  out.u32(sender_ssrc);
  out.u32(0);
  for (const Entry& entry : entries) {
    out.u32(entry.ssrc);
    out.u8(entry.command);
    out.zeros(3);
  }
}

}  // namespace costage::sfu::rtcp
