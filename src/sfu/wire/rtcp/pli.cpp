#include "sfu/wire/rtcp/pli.hpp"

namespace costage::sfu::rtcp {

std::optional<Pli> Pli::parse(const Packet& packet) {
  if (!packet.is(Type::payload_feedback, kPli)) return {};
  ByteReader in(packet.body);
  Pli pli;
  pli.sender_ssrc = in.u32();
  pli.media_ssrc = in.u32();
  if (!in.ok()) return {};
  return pli;
}

void Pli::write(ByteWriter& out) const {
  const PacketWriter packet(out, Type::payload_feedback, kPli);
  out.u32(sender_ssrc);
  out.u32(media_ssrc);
}

}  // namespace costage::sfu::rtcp
