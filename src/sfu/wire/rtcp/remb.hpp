// Receiver estimated maximum bitrate (draft-alvestrand-rmcat-remb-03 section 2.2).
//
// +---------------------------------------------------------------+
// |                        SSRC of sender                         |
// +---------------------------------------------------------------+
// |                          unused (0)                           |
// +---------------------------------------------------------------+
// |                      'R' 'E' 'M' 'B'                          |
// +---------------+-----------+-----------------------------------+
// |  num SSRCs    | exp (6)   |  mantissa (18): mantissa << exp   |
// +---------------+-----------+-----------------------------------+
// |                       num SSRCs times an SSRC                 |
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "sfu/wire/rtcp/compound.hpp"

namespace costage::sfu::rtcp {

struct Remb {
  std::uint32_t sender_ssrc = 0;
  std::uint64_t bits_per_second = 0;
  SsrcList ssrcs;  // parsed only; `write` takes its own

  static std::optional<Remb> parse(const Packet& packet);
  // At most 255 SSRCs. The rate is rounded down to 18 significant bits.
  void write(ByteWriter& out, std::span<const std::uint32_t> media_ssrcs) const;
};

}  // namespace costage::sfu::rtcp
