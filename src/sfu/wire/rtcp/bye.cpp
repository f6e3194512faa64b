#include "sfu/wire/rtcp/bye.hpp"

#include <algorithm>

namespace costage::sfu::rtcp {

std::optional<Bye> Bye::parse(const Packet& packet) {
  if (!packet.is(Type::bye)) return {};
  ByteReader in(packet.body);
  Bye bye;
  bye.ssrcs = SsrcList(in.take(4u * packet.count));
  if (in.remaining() > 0) bye.reason = as_text(in.take(in.u8()));
  if (!in.ok()) return {};
  return bye;
}

void Bye::write(ByteWriter& out, std::span<const std::uint32_t> ssrcs, std::string_view reason) {
  ssrcs = ssrcs.first(std::min<std::size_t>(ssrcs.size(), 31));
  reason = reason.substr(0, 255);
  const PacketWriter packet(out, Type::bye, static_cast<std::uint8_t>(ssrcs.size()));
  for (std::uint32_t ssrc : ssrcs) out.u32(ssrc);
  if (reason.empty()) return;
  out.u8(static_cast<std::uint8_t>(reason.size()));
  out.bytes(as_bytes(reason));
  out.zeros((4 - (1 + reason.size()) % 4) % 4);
}

}  // namespace costage::sfu::rtcp
