// The VP8 payload descriptor (RFC 7741 section 4.2) and the first bit of the payload header behind it (section 4.3).
//
//       0 1 2 3 4 5 6 7
//      +-+-+-+-+-+-+-+-+
//      |X|R|N|S|R| PID |  S: start of a partition, PID: its index, N: not a reference
//      +-+-+-+-+-+-+-+-+
// X:   |I|L|T|K|  RSV  |
//      +-+-+-+-+-+-+-+-+
// I:   |M| picture id  |  7 bits, or 15 with M
//      +-+-+-+-+-+-+-+-+
// I,M: |  picture id   |
//      +-+-+-+-+-+-+-+-+
// L:   |   TL0PICIDX   |
//      +-+-+-+-+-+-+-+-+
// T|K: |TID|Y| KEYIDX  |
//      +-+-+-+-+-+-+-+-+
//      |  ...........|P|  payload header, only with S and PID 0; P = 0: key frame
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.hpp"

namespace costage::sfu::vp8 {

struct Descriptor {
  bool non_reference = false;
  bool start_of_partition = false;
  std::uint8_t partition = 0;
  std::optional<std::uint16_t> picture_id;
  bool long_picture_id = false;  // 15 bits
  std::optional<std::uint8_t> tl0_picture_index;
  std::optional<std::uint8_t> temporal_layer;  // 0..3
  bool layer_sync = false;                     // Y, only with temporal_layer
  std::optional<std::uint8_t> key_index;       // 0..31
  std::size_t size = 0;                        // where the payload header begins

  bool key_frame = false;  // known at frame_start only
  [[nodiscard]] bool frame_start() const { return start_of_partition && partition == 0; }
};

// Empty: not a VP8 payload. A payload with nothing behind its descriptor is none either.
[[nodiscard]] std::optional<Descriptor> parse(Bytes payload);
// Writes the descriptor alone, in the shortest form that holds its fields.
void write(ByteWriter& out, const Descriptor& descriptor);

// Puts other counters in the places of those that `parse` found; the widths stay, so a 7-bit picture id keeps 7 bits.
// False: not a VP8 payload, and nothing was changed.
bool rewrite(MutableBytes payload, std::uint16_t picture_id, std::uint8_t tl0_picture_index);

}  // namespace costage::sfu::vp8
