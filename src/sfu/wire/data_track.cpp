#include "sfu/wire/data_track.hpp"

namespace costage::sfu::data_track {
namespace {

constexpr std::uint8_t kVersionShift = 5;
constexpr std::uint8_t kStart = 1 << 4, kFinal = 1 << 3, kExtended = 1 << 2;
constexpr std::size_t kHandleAt = 2;
constexpr std::size_t kWord = 4;

// What each means is between the clients, but they have to fit.
bool extensions_fit(ByteReader in) {
  while (in.remaining() > 0) {
    const std::uint8_t id = in.u8();
    if (id == 0) return true;  // padding
    in.skip(in.u8());
    if (!in.ok()) return false;
  }
  return true;
}

bool skip_extensions(ByteReader& in) {
  const std::size_t words = in.u16() + std::size_t{1};
  const Bytes extensions = in.take(words * kWord - 2);
  return in.ok() && extensions_fit(ByteReader(extensions));
}

}  // namespace

std::optional<Header> parse(Bytes packet) {
  ByteReader in(packet);
  const std::uint8_t first = in.u8();
  in.u8();
  Header h{.start = (first & kStart) != 0, .final = (first & kFinal) != 0};
  h.handle = in.u16();
  h.sequence = in.u16();
  h.frame = in.u16();
  h.timestamp = in.u32();
  if (!in.ok() || first >> kVersionShift != 0 || h.handle == 0) return {};
  if ((first & kExtended) != 0 && !skip_extensions(in)) return {};
  h.size = in.position();
  return h;
}

void set_handle(MutableBytes packet, std::uint16_t handle) {
  packet[kHandleAt] = static_cast<std::uint8_t>(handle >> 8);
  packet[kHandleAt + 1] = static_cast<std::uint8_t>(handle);
}

}  // namespace costage::sfu::data_track
