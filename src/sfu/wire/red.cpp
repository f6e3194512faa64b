#include "sfu/wire/red.hpp"

namespace costage::sfu::red {
namespace {

constexpr std::uint8_t kFollowed = 0x80;  // another block header follows

struct Header {
  Block block;
  std::size_t length = 0;
};

// Behind its first byte.
Header read_header(ByteReader& in, std::uint8_t first) {
  const std::uint32_t rest = in.u24();
  return {.block = {.payload_type = static_cast<std::uint8_t>(first & ~kFollowed),
                    .timestamp_offset = static_cast<std::uint16_t>(rest >> 10),
                    .payload = {}},
          .length = rest & kMaxLength};
}

}  // namespace

std::optional<Payload> parse(Bytes payload) {
  ByteReader in(payload);
  Payload p;
  std::array<std::size_t, kMaxRedundant> lengths;
  std::uint8_t first = in.u8();
  for (; first & kFollowed; first = in.u8()) {
    if (p.redundant_count == kMaxRedundant) return {};
    const Header header = read_header(in, first);
    lengths[p.redundant_count] = header.length;
    p.blocks[p.redundant_count++] = header.block;
  }
  p.primary.payload_type = first;
  for (std::size_t i = 0; i < p.redundant_count; ++i) p.blocks[i].payload = in.take(lengths[i]);
  p.primary.payload = in.rest();
  if (!in.ok() || p.primary.payload.empty()) return {};
  return p;
}

bool write(ByteWriter& out, const Payload& p) {
  for (const Block& b : p.redundant()) {
    if (b.timestamp_offset > kMaxTimestampOffset || b.payload.size() > kMaxLength) return false;
    out.u8(static_cast<std::uint8_t>(kFollowed | b.payload_type));
    out.u24(static_cast<std::uint32_t>(b.timestamp_offset << 10 | b.payload.size()));
  }
  out.u8(p.primary.payload_type & 0x7f);
  for (const Block& b : p.redundant()) out.bytes(b.payload);
  out.bytes(p.primary.payload);
  return out.ok();
}

Stripped strip(const Payload& p, std::uint16_t sequence, std::uint32_t timestamp, std::uint32_t lost) {
  Stripped out;
  for (std::size_t i = 0; i < p.redundant_count; ++i) {
    const std::size_t back = p.redundant_count - i;
    const Block& b = p.blocks[i];
    if (!(lost >> (back - 1) & 1) || b.payload.empty() || b.payload_type != p.primary.payload_type) continue;
    out.packets[out.count++] = {static_cast<std::uint16_t>(sequence - back), timestamp - b.timestamp_offset, b.payload};
  }
  out.packets[out.count++] = {sequence, timestamp, p.primary.payload};
  return out;
}

}  // namespace costage::sfu::red
