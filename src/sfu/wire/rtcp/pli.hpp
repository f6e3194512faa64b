// Picture loss indication (RFC 4585 section 6.3.1): SSRC of sender and of media source, nothing else.
#pragma once

#include <cstdint>
#include <optional>

#include "sfu/wire/rtcp/compound.hpp"

namespace costage::sfu::rtcp {

struct Pli {
  std::uint32_t sender_ssrc = 0;
  std::uint32_t media_ssrc = 0;

  static std::optional<Pli> parse(const Packet& packet);
  void write(ByteWriter& out) const;
};

}  // namespace costage::sfu::rtcp
