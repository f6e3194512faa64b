#include "sfu/wire/rtcp/sdes.hpp"

namespace costage::sfu::rtcp {
namespace {

constexpr std::uint8_t kEnd = 0;
constexpr std::uint8_t kCname = 1;
constexpr std::size_t kMaxText = 255;

// A failed reader says malformed.
Sdes::Chunk read_chunk(ByteReader& in) {
  Sdes::Chunk chunk;
  chunk.ssrc = in.u32();
  while (in.ok()) {
    const std::uint8_t type = in.u8();
    if (type == kEnd) break;
    const Bytes text = in.take(in.u8());
    if (type == kCname) chunk.cname = as_text(text);
  }
  in.skip((4 - in.position() % 4) % 4);
  return chunk;
}

}  // namespace

std::optional<Sdes> Sdes::parse(const Packet& packet) {
  if (!packet.is(Type::sdes)) return {};
  ByteReader in(packet.body);
  for (unsigned i = 0; i < packet.count; ++i) read_chunk(in);
  if (!in.ok()) return {};
  return Sdes(packet.body, packet.count);
}

std::optional<Sdes::Chunk> Sdes::next() {
  if (left_ == 0) return {};
  --left_;
  return read_chunk(reader_);
}

void Sdes::write(ByteWriter& out, const Chunk& chunk) {
  const std::string_view cname = chunk.cname.substr(0, kMaxText);
  const PacketWriter packet(out, Type::sdes, 1);
  out.u32(chunk.ssrc);
  out.u8(kCname);
  out.u8(static_cast<std::uint8_t>(cname.size()));
  out.bytes(as_bytes(cname));
  out.zeros(4 - (2 + cname.size()) % 4);  // at least one: the end of the list
}

}  // namespace costage::sfu::rtcp
