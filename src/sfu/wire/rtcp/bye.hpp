// BYE (RFC 3550 section 6.6): `count` SSRCs, then optionally a length byte and a reason.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "sfu/wire/rtcp/compound.hpp"

namespace costage::sfu::rtcp {

struct Bye {
  SsrcList ssrcs;
  std::string_view reason;

  static std::optional<Bye> parse(const Packet& packet);
  // At most 31 SSRCs and 255 bytes of reason.
  static void write(ByteWriter& out, std::span<const std::uint32_t> ssrcs, std::string_view reason = {});
};

}  // namespace costage::sfu::rtcp
