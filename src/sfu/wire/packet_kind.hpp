// Which protocol a datagram on the one port belongs to, by its first two bytes (RFC 7983 section 7, RFC 5761 section
// 4).
#pragma once

#include <cstdint>

#include "base/bytes.hpp"

namespace costage::sfu {

enum class PacketKind : std::uint8_t { unknown, stun, dtls, rtp, rtcp };

[[nodiscard]] inline PacketKind packet_kind(Bytes datagram) {
  if (datagram.size() < 2) return PacketKind::unknown;
  const std::uint8_t first = datagram[0];
  if (first <= 3) return PacketKind::stun;
  if (first >= 20 && first <= 63) return PacketKind::dtls;
  if (first < 128 || first > 191) return PacketKind::unknown;
  // RTCP packet types 192-223 are what RTP payload types 64-95 with the marker bit would be.
  const bool rtcp = datagram[1] >= 192 && datagram[1] <= 223;
  return rtcp ? PacketKind::rtcp : PacketKind::rtp;
}

}  // namespace costage::sfu
