// Full intra request (RFC 5104 section 4.3.1).
//
// +---------------------------------------------------------------+
// |                        SSRC of sender                         |
// +---------------------------------------------------------------+
// |                          unused (0)                           |
// +---------------------------------------------------------------+
// |                 SSRC that shall send a key frame              |  once or more
// +---------------+-----------------------------------------------+
// | command count |                  reserved (0)                 |
// +---------------+-----------------------------------------------+
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "sfu/wire/rtcp/compound.hpp"

namespace costage::sfu::rtcp {

struct Fir {
  struct Entry {
    std::uint32_t ssrc = 0;
    std::uint8_t command = 0;  // differs from the last one seen when it is a new request
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::uint32_t sender_ssrc = 0;
  Bytes entries;

  [[nodiscard]] std::size_t size() const { return entries.size() / 8; }
  [[nodiscard]] Entry operator[](std::size_t i) const {
    ByteReader in(entries.subspan(8 * i, 8));
    const std::uint32_t ssrc = in.u32();
    return {ssrc, in.u8()};
  }

  static std::optional<Fir> parse(const Packet& packet);
  static void write(ByteWriter& out, std::uint32_t sender_ssrc, std::span<const Entry> entries);
};

}  // namespace costage::sfu::rtcp
