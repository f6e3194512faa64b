#include "sfu/wire/vp8.hpp"

namespace costage::sfu::vp8 {
namespace {

constexpr std::uint8_t kExtended = 0x80;      // X
constexpr std::uint8_t kNonReference = 0x20;  // N
constexpr std::uint8_t kStart = 0x10;         // S
constexpr std::uint8_t kPictureId = 0x80;     // I
constexpr std::uint8_t kTl0Index = 0x40;      // L
constexpr std::uint8_t kTemporal = 0x20;      // T
constexpr std::uint8_t kKeyIndex = 0x10;      // K
constexpr std::uint8_t kLong = 0x80;          // M
constexpr std::uint8_t kSync = 0x20;          // Y

void read_picture_id(ByteReader& in, Descriptor& d) {
  const std::uint8_t first = in.u8();
  d.long_picture_id = first & kLong;
  d.picture_id = static_cast<std::uint16_t>(d.long_picture_id ? (first & 0x7f) << 8 | in.u8() : first & 0x7f);
}

void read_extension(ByteReader& in, Descriptor& d) {
  const std::uint8_t flags = in.u8();
  if (flags & kPictureId) read_picture_id(in, d);
  if (flags & kTl0Index) d.tl0_picture_index = in.u8();
  if (!(flags & (kTemporal | kKeyIndex))) return;
  const std::uint8_t last = in.u8();
  if (flags & kTemporal) {
    d.temporal_layer = static_cast<std::uint8_t>(last >> 6);
    d.layer_sync = last & kSync;
  }
  if (flags & kKeyIndex) d.key_index = static_cast<std::uint8_t>(last & 0x1f);
}

std::uint8_t extension_flags(const Descriptor& d) {
  return static_cast<std::uint8_t>((d.picture_id ? kPictureId : 0) | (d.tl0_picture_index ? kTl0Index : 0) |
                                   (d.temporal_layer ? kTemporal : 0) | (d.key_index ? kKeyIndex : 0));
}

void write_picture_id(ByteWriter& out, std::uint16_t id, bool is_long) {
  if (is_long)
    out.u16(static_cast<std::uint16_t>(kLong << 8 | (id & 0x7fff)));
  else
    out.u8(static_cast<std::uint8_t>(id & 0x7f));
}

}  // namespace

std::optional<Descriptor> parse(Bytes payload) {
  ByteReader in(payload);
  Descriptor d;
  const std::uint8_t first = in.u8();
  d.non_reference = first & kNonReference;
  d.start_of_partition = first & kStart;
  d.partition = first & 0x07;
  if (first & kExtended) read_extension(in, d);
  d.size = in.position();
  const std::uint8_t payload_header = in.u8();
  if (!in.ok()) return {};
  d.key_frame = d.frame_start() && !(payload_header & 1);
  return d;
}

void write(ByteWriter& out, const Descriptor& d) {
  const std::uint8_t flags = extension_flags(d);
  out.u8(static_cast<std::uint8_t>((flags ? kExtended : 0) | (d.non_reference ? kNonReference : 0) |
                                   (d.start_of_partition ? kStart : 0) | (d.partition & 0x07)));
  if (!flags) return;
  out.u8(flags);
  if (d.picture_id) write_picture_id(out, *d.picture_id, d.long_picture_id);
  if (d.tl0_picture_index) out.u8(*d.tl0_picture_index);
  if (flags & (kTemporal | kKeyIndex))
    out.u8(static_cast<std::uint8_t>(d.temporal_layer.value_or(0) << 6 | (d.layer_sync ? kSync : 0) |
                                     (d.key_index.value_or(0) & 0x1f)));
}

bool rewrite(MutableBytes payload, std::uint16_t picture_id, std::uint8_t tl0_picture_index) {
  const auto d = parse(payload);
  if (!d) return false;
  if (!d->picture_id && !d->tl0_picture_index) return true;
  ByteWriter out(payload.subspan(2));
  if (d->picture_id) write_picture_id(out, picture_id, d->long_picture_id);
  if (d->tl0_picture_index) out.u8(tl0_picture_index);
  return true;
}

}  // namespace costage::sfu::vp8
