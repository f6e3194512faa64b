// RTP packets (RFC 3550 section 5.1) as views over their bytes, and the header extensions of RFC 8285.
//
//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---+-+-+-------+-+-------------+-------------------------------+
// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
// +---+-+-+-------+-+-------------+-------------------------------+
// |                           timestamp                           |
// +---------------------------------------------------------------+
// |                             SSRC                              |
// +---------------------------------------------------------------+
// |                        CC times a CSRC                        |
// +-------------------------------+-------------------------------+
// |  profile: 0xBEDE or 0x100x    |   length in 32-bit words      |  if X
// +-------------------------------+-------------------------------+
// |                       extension elements                      |
// +---------------------------------------------------------------+
// |     payload ...                  padding, its length last if P|
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/bytes.hpp"

namespace costage::sfu::rtp {

inline constexpr std::size_t kFixedHeader = 12;
inline constexpr std::uint16_t kOneByteProfile = 0xbede;
inline constexpr std::uint16_t kTwoByteProfile = 0x1000;  // the low four bits are the application's

struct Header {
  bool marker = false;
  std::uint8_t payload_type = 0;  // 0..127
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  std::uint32_t ssrc = 0;
};

struct Extension {
  std::uint8_t id = 0;
  Bytes value;
};

// Walks the elements of an extension block. A malformed or reserved element ends the walk.
class ExtensionReader {
 public:
  ExtensionReader(std::uint16_t profile, Bytes block);
  [[nodiscard]] std::optional<Extension> next();

 private:
  [[nodiscard]] std::optional<Extension> next_one_byte(std::uint8_t first);
  [[nodiscard]] std::optional<Extension> next_two_byte(std::uint8_t id);

  ByteReader reader_;
  bool two_byte_ = false;
};

struct Packet {
  Header header;
  std::uint8_t csrc_count = 0;
  std::uint16_t extension_profile = 0;  // 0: no extension block
  Bytes extension_block;                // without its four bytes of header
  Bytes payload;                        // without padding
  std::uint8_t padding = 0;
  std::size_t header_size = 0;  // everything before the payload

  [[nodiscard]] ExtensionReader extensions() const { return {extension_profile, extension_block}; }
};

// Empty: not a well-formed (plain) RTP packet.
[[nodiscard]] std::optional<Packet> parse(Bytes packet);

// Writes a header with these extensions, in the one-byte form where all fit it (id 1..14, 1..16 bytes), else in the
// two-byte form. The payload follows at out.size().
void write_header(ByteWriter& out, const Header& header, std::span<const Extension> extensions = {});

// The same with abs-send-time alone (24 bits), as most packets to viewers have it.
void write_header_with_time(ByteWriter& out, const Header& header, std::uint8_t id, std::uint32_t time);

// Header extension values.
struct AudioLevel {  // RFC 6464
  bool voice = false;
  std::uint8_t level = 127;  // -dBov: 0 loudest, 127 silence
};
[[nodiscard]] std::optional<AudioLevel> parse_audio_level(Bytes value);
[[nodiscard]] std::uint8_t write_audio_level(const AudioLevel& level);
[[nodiscard]] std::optional<std::uint16_t> parse_transport_sequence(Bytes value);
// abs-send-time: 24 bits, seconds in 6.18 fixed point, from microseconds of any clock.
[[nodiscard]] constexpr std::uint32_t abs_send_time(std::int64_t microseconds) {
  const auto us = static_cast<std::uint64_t>(microseconds);
  const std::uint64_t seconds = us / 1'000'000;
  const std::uint64_t fraction = (us % 1'000'000) * (1u << 18) / 1'000'000;
  return static_cast<std::uint32_t>((seconds << 18 | fraction) & 0xffffff);
}

// RTX (RFC 4588 section 4): the payload of a retransmission begins with the original sequence number (OSN).
struct Rtx {
  std::uint16_t original_sequence = 0;
  Bytes payload;
};
[[nodiscard]] std::optional<Rtx> parse_rtx(Bytes payload);
void write_rtx(ByteWriter& out, const Rtx& rtx);

}  // namespace costage::sfu::rtp
