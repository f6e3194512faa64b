// Redundant audio (RFC 2198): a packet that repeats what earlier packets carried, before its own.
//
//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +-+-------------+---------------------------+-------------------+
// |1|  block PT   |     timestamp offset      |   block length    |  for each repeated block, the oldest first
// +-+-------------+---------------------------+-------------------+
// |0|  block PT   |  of the packet's own block, the primary one
// +-+-------------+
// |  the repeated blocks in this order, then the primary one up to the end
// +---------------
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/bytes.hpp"

namespace costage::sfu::red {

// libwebrtc repeats at most nine packets, one or two unless told otherwise.
inline constexpr std::size_t kMaxRedundant = 9;
inline constexpr std::uint16_t kMaxTimestampOffset = 0x3fff;
inline constexpr std::uint16_t kMaxLength = 0x3ff;

struct Block {
  std::uint8_t payload_type = 0;       // 0..127
  std::uint16_t timestamp_offset = 0;  // so much earlier than the packet; 0 for the primary block
  Bytes payload;
};

struct Payload {
  Block primary;
  std::array<Block, kMaxRedundant> blocks{};
  std::size_t redundant_count = 0;

  // The oldest first.
  [[nodiscard]] std::span<const Block> redundant() const { return std::span(blocks).first(redundant_count); }
};

// Empty: not a RED payload, or one with more blocks than we keep. A primary block without bytes is none.
[[nodiscard]] std::optional<Payload> parse(Bytes payload);
// False: a block does not fit its fields, or the whole does not fit; what was written is of no use.
bool write(ByteWriter& out, const Payload& payload);

// One plain packet out of a RED packet, for who does not understand RED.
struct Plain {
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  Bytes payload;
};
struct Stripped {
  std::array<Plain, kMaxRedundant + 1> packets{};
  std::size_t count = 0;
  [[nodiscard]] std::span<const Plain> all() const { return std::span(packets).first(count); }
};

// What a RED packet gives: packets that were lost, the oldest first, and its own as the last one. Bit i of `lost` says
// that packet `sequence` - 1 - i has not come. The RFC does not number the blocks; that they repeat the packets right
// before this one, without a gap, is how clients write them. Blocks without bytes or of another payload type than the
// primary one are passed over.
[[nodiscard]] Stripped strip(const Payload& payload, std::uint16_t sequence, std::uint32_t timestamp,
                             std::uint32_t lost);

}  // namespace costage::sfu::red
