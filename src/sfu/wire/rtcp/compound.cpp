#include "sfu/wire/rtcp/compound.hpp"

namespace costage::sfu::rtcp {
namespace {

constexpr std::size_t kHeader = 4;
constexpr std::uint8_t kPadded = 0x20;

// The size of the first packet of a chain; 0: malformed.
std::size_t packet_size(Bytes chain) {
  ByteReader in(chain);
  const std::uint8_t first = in.u8();
  const std::uint8_t type = in.u8();
  const std::size_t size = kHeader + 4u * in.u16();
  const bool good = in.ok() && first >> 6 == 2 && type >= 192 && type <= 223 && size <= chain.size();
  return good ? size : 0;
}

// RFC 3550 wants a multiple of four; libwebrtc pads transport feedback with one to three bytes all the same.
bool padding_good(Bytes packet, bool last) {
  if (!(packet[0] & kPadded)) return true;
  const std::uint8_t padding = packet.back();
  return last && padding != 0 && padding <= packet.size() - kHeader;
}

}  // namespace

std::optional<Compound> Compound::parse(Bytes datagram) {
  if (datagram.empty()) return {};
  for (Bytes rest = datagram; !rest.empty();) {
    const std::size_t size = packet_size(rest);
    if (size == 0 || !padding_good(rest.first(size), size == rest.size())) return {};
    rest = rest.subspan(size);
  }
  return Compound(datagram);
}

std::optional<Packet> Compound::next() {
  if (rest_.empty()) return {};
  const Bytes packet = rest_.first(packet_size(rest_));
  rest_ = rest_.subspan(packet.size());
  const std::size_t padding = packet[0] & kPadded ? packet.back() : 0;
  return Packet{static_cast<Type>(packet[1]), static_cast<std::uint8_t>(packet[0] & 0x1f),
                packet.subspan(kHeader, packet.size() - kHeader - padding)};
}

PacketWriter::PacketWriter(ByteWriter& out, Type type, std::uint8_t count) : out_(out), begin_(out.size()) {
  out_.u8(static_cast<std::uint8_t>(0x80 | (count & 0x1f)));
  out_.u8(static_cast<std::uint8_t>(type));
  out_.u16(0);
}

PacketWriter::~PacketWriter() {
  if (!out_.ok()) return;
  out_.patch_u16(begin_ + 2, static_cast<std::uint16_t>((out_.size() - begin_) / 4 - 1));
}

}  // namespace costage::sfu::rtcp
