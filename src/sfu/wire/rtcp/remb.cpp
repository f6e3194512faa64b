#include "sfu/wire/rtcp/remb.hpp"

#include <algorithm>

namespace costage::sfu::rtcp {
namespace {

constexpr std::uint32_t kName = 0x52454d42;
constexpr unsigned kMantissaBits = 18;

// What does not fit 64 bits is as good as unlimited.
std::uint64_t scale(std::uint64_t mantissa, unsigned exponent) {
  const bool fits = mantissa == 0 || (exponent < 64 && mantissa <= UINT64_MAX >> exponent);
  if (!fits) return UINT64_MAX;
  return mantissa == 0 ? 0 : mantissa << exponent;
}

}  // namespace

std::optional<Remb> Remb::parse(const Packet& packet) {
  if (!packet.is(Type::payload_feedback, kApplicationLayer)) return {};
  ByteReader in(packet.body);
  Remb remb;
  remb.sender_ssrc = in.u32();
  in.skip(4);
  if (in.u32() != kName) return {};
  const std::size_t count = in.u8();
  const std::uint32_t rate = in.u24();
  remb.bits_per_second = scale(rate & ((1u << kMantissaBits) - 1), rate >> kMantissaBits);
  remb.ssrcs = SsrcList(in.take(4 * count));
  if (!in.ok()) return {};
  return remb;
}

void Remb::write(ByteWriter& out, std::span<const std::uint32_t> media_ssrcs) const {
  media_ssrcs = media_ssrcs.first(std::min<std::size_t>(media_ssrcs.size(), 255));
  std::uint32_t exponent = 0;
  while (bits_per_second >> exponent >> kMantissaBits) ++exponent;
  const PacketWriter packet(out, Type::payload_feedback, kApplicationLayer);
  out.u32(sender_ssrc);
  out.u32(0);
  out.u32(kName);
  out.u8(static_cast<std::uint8_t>(media_ssrcs.size()));
  out.u24(exponent << kMantissaBits | static_cast<std::uint32_t>(bits_per_second >> exponent));
  for (std::uint32_t ssrc : media_ssrcs) out.u32(ssrc);
}

}  // namespace costage::sfu::rtcp
