// Generic NACK (RFC 4585 section 6.2.1).
//
// +---------------------------------------------------------------+
// |                        SSRC of sender                         |
// +---------------------------------------------------------------+
// |                     SSRC of media source                      |
// +-------------------------------+-------------------------------+
// |  lost sequence number (PID)   |  bitmask of the 16 behind it  |  once or more; bit 0 means PID + 1
// +-------------------------------+-------------------------------+
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "sfu/wire/rtcp/compound.hpp"

namespace costage::sfu::rtcp {

struct Nack {
  std::uint32_t sender_ssrc = 0;
  std::uint32_t media_ssrc = 0;
  Bytes items;

  static std::optional<Nack> parse(const Packet& packet);
  // Neighbours within 16 of each other share an item, so sort `lost` in sending order.
  static void write(ByteWriter& out, std::uint32_t sender_ssrc, std::uint32_t media_ssrc,
                    std::span<const std::uint16_t> lost);

  // Calls f(std::uint16_t) for each lost sequence number, as listed.
  template <class F>
  void for_each(F f) const {
    for (ByteReader in(items); in.remaining() >= 4;) {
      const std::uint16_t first = in.u16();
      f(first);
      const std::uint16_t mask = in.u16();
      for (unsigned bit = 0; bit < 16; ++bit)
        if (mask >> bit & 1) f(static_cast<std::uint16_t>(first + 1 + bit));
    }
  }
};

}  // namespace costage::sfu::rtcp
