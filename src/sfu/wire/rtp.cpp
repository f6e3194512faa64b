#include "sfu/wire/rtp.hpp"

#include <algorithm>

namespace costage::sfu::rtp {
namespace {

// Behind the fixed header: CSRCs and, if X, the extension block. Fails the reader if they are not all there.
Bytes read_extension_block(ByteReader& in, std::uint8_t first, std::uint16_t& profile) {
  in.skip(4u * (first & 0x0f));
  if (!(first & 0x10)) return {};
  profile = in.u16();
  return in.take(4u * in.u16());
}

bool fits_one_byte(const Extension& e) { return e.id >= 1 && e.id <= 14 && !e.value.empty() && e.value.size() <= 16; }

void write_extension(ByteWriter& out, const Extension& e, bool one_byte) {
  if (one_byte) {
    out.u8(static_cast<std::uint8_t>(e.id << 4 | (e.value.size() - 1)));
  } else {
    out.u8(e.id);
    out.u8(static_cast<std::uint8_t>(e.value.size()));
  }
  out.bytes(e.value);
}

void write_extensions(ByteWriter& out, std::span<const Extension> extensions) {
  const bool one_byte = std::all_of(extensions.begin(), extensions.end(), fits_one_byte);
  out.u16(one_byte ? kOneByteProfile : kTwoByteProfile);
  const std::size_t length_at = out.size();
  out.u16(0);
  for (const Extension& e : extensions) write_extension(out, e, one_byte);
  const std::size_t size = out.size() - length_at - 2;
  out.zeros((4 - size % 4) % 4);
  out.patch_u16(length_at, static_cast<std::uint16_t>((size + 3) / 4));
}

}  // namespace

ExtensionReader::ExtensionReader(std::uint16_t profile, Bytes block)
    : reader_(block), two_byte_((profile & 0xfff0) == kTwoByteProfile) {
  if (!two_byte_ && profile != kOneByteProfile) reader_.rest();
}

std::optional<Extension> ExtensionReader::next() {
  while (reader_.remaining() > 0) {
    const std::uint8_t first = reader_.u8();
    if (first == 0) continue;  // padding
    return two_byte_ ? next_two_byte(first) : next_one_byte(first);
  }
  return {};
}

std::optional<Extension> ExtensionReader::next_one_byte(std::uint8_t first) {
  const auto id = static_cast<std::uint8_t>(first >> 4);
  const Bytes value = reader_.take((first & 0x0fu) + 1);
  const bool reserved = id == 0 || id == 15;  // ends the whole block (RFC 8285 section 4.2)
  if (reserved) reader_.rest();
  if (reserved || !reader_.ok()) return {};
  return Extension{id, value};
}

std::optional<Extension> ExtensionReader::next_two_byte(std::uint8_t id) {
  const Bytes value = reader_.take(reader_.u8());
  if (!reader_.ok()) return {};
  return Extension{id, value};
}

std::optional<Packet> parse(Bytes bytes) {
  ByteReader in(bytes);
  Packet p;
  const std::uint8_t first = in.u8();
  const std::uint8_t second = in.u8();
  p.header.marker = second & 0x80;
  p.header.payload_type = second & 0x7f;
  p.header.sequence = in.u16();
  p.header.timestamp = in.u32();
  p.header.ssrc = in.u32();
  p.csrc_count = first & 0x0f;
  p.extension_block = read_extension_block(in, first, p.extension_profile);
  if (!in.ok() || first >> 6 != 2) return {};
  p.header_size = in.position();
  p.payload = in.rest();
  if (!(first & 0x20)) return p;
  if (p.payload.empty() || p.payload.back() == 0 || p.payload.back() > p.payload.size()) return {};
  p.padding = p.payload.back();
  p.payload = p.payload.first(p.payload.size() - p.padding);
  return p;
}

void write_header(ByteWriter& out, const Header& header, std::span<const Extension> extensions) {
  out.u8(extensions.empty() ? 0x80 : 0x90);
  out.u8(static_cast<std::uint8_t>((header.marker ? 0x80 : 0) | (header.payload_type & 0x7f)));
  out.u16(header.sequence);
  out.u32(header.timestamp);
  out.u32(header.ssrc);
  if (!extensions.empty()) write_extensions(out, extensions);
}

void write_header_with_time(ByteWriter& out, const Header& header, std::uint8_t id, std::uint32_t time) {
  out.u8(0x90);
  out.u8(static_cast<std::uint8_t>((header.marker ? 0x80 : 0) | (header.payload_type & 0x7f)));
  out.u16(header.sequence);
  out.u32(header.timestamp);
  out.u32(header.ssrc);
  out.u32(std::uint32_t{kOneByteProfile} << 16 | 1);  // one word
  out.u32(std::uint32_t{id} << 28 | 2u << 24 | time);
}

std::optional<AudioLevel> parse_audio_level(Bytes value) {
  if (value.empty()) return {};
  return AudioLevel{(value[0] & 0x80) != 0, static_cast<std::uint8_t>(value[0] & 0x7f)};
}

std::uint8_t write_audio_level(const AudioLevel& level) {
  return static_cast<std::uint8_t>((level.voice ? 0x80 : 0) | (level.level & 0x7f));
}

std::optional<std::uint16_t> parse_transport_sequence(Bytes value) {
  if (value.size() < 2) return {};
  return ByteReader(value).u16();
}

std::optional<Rtx> parse_rtx(Bytes payload) {
  if (payload.size() < 2) return {};
  return Rtx{ByteReader(payload).u16(), payload.subspan(2)};
}

void write_rtx(ByteWriter& out, const Rtx& rtx) {
  out.u16(rtx.original_sequence);
  out.bytes(rtx.payload);
}

}  // namespace costage::sfu::rtp
