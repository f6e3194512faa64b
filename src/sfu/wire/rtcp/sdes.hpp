// Source description (RFC 3550 section 6.5): `count` chunks, of which only the canonical name is of interest.
//
// +---------------------------------------------------------------+
// |                             SSRC                              |
// +---------------+---------------+-------------------------------+
// |   item type   |    length     |  text ...                     |  items; the list ends with one zero byte or
// +---------------+---------------+-------------------------------+  more, up to a multiple of four
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "sfu/wire/rtcp/compound.hpp"

namespace costage::sfu::rtcp {

class Sdes {
 public:
  struct Chunk {
    std::uint32_t ssrc = 0;
    std::string_view cname;  // empty: the chunk has none
  };
  static std::optional<Sdes> parse(const Packet& packet);
  // The next chunk; empty at the end.
  [[nodiscard]] std::optional<Chunk> next();

  // One chunk with a name of at most 255 bytes.
  static void write(ByteWriter& out, const Chunk& chunk);

 private:
  explicit Sdes(Bytes chunks, std::uint8_t count) : reader_(chunks), left_(count) {}
  ByteReader reader_;
  std::uint8_t left_;
};

}  // namespace costage::sfu::rtcp
