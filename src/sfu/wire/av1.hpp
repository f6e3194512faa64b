// The AV1 payload (AV1 RTP specification sections 4.4 and 4.5): an aggregation header, then OBUs or pieces of them, and
// of those the header alone (AV1 specification section 5.3).
//
//       0 1 2 3 4 5 6 7
//      +-+-+-+-+-+-+-+-+
//      |Z|Y| W |N|  -  |  Z: the first element continues an OBU of the last packet, Y: the last goes on in the next;
//      +-+-+-+-+-+-+-+-+  W: elements, 0: not told; N: first packet of a coded video sequence
//      | size (leb128) |  of the element; not of the last one if W is told
//      +-+-+-+-+-+-+-+-+
//      |F| type  |X|S|-|  header of an OBU, not of a piece that continues one; F is 0, X: an extension byte follows
//      +-+-+-+-+-+-+-+-+
//      |      ...      |
//      +-+-+-+-+-+-+-+-+
//
// Frames, layers and what needs what are told by the dependency descriptor, not by the payload.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.hpp"

namespace costage::sfu::av1 {

struct Payload {
  bool continues = false;        // Z
  bool goes_on = false;          // Y
  std::uint8_t told = 0;         // W
  bool new_sequence = false;     // N
  std::uint32_t elements = 0;    // as counted
  bool sequence_header = false;  // an OBU with one begins here

  // First packet of a key frame: N alone is a promise, without the sequence header no decoder can begin.
  [[nodiscard]] bool starts_key_frame() const { return new_sequence && sequence_header; }
};

// Empty: not an AV1 payload.
[[nodiscard]] std::optional<Payload> parse(Bytes payload);

}  // namespace costage::sfu::av1
