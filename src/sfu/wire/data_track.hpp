// The header of a packet on LiveKit's `_data_track` channel. A frame is one packet or several.
//
//       0                   1                   2                   3
//       0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//      |V    |S|F|X| reserved          | handle                        |  V: 0, S: start, F: final packet of a frame
//      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//      | sequence number               | frame number                  |
//      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//      |                           timestamp                           |
//      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
// X:   | words of extensions - 1       | id | size | data ..  0 .. pad |  with these two bytes a multiple of four
//      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.hpp"

namespace costage::sfu::data_track {

struct Header {
  bool start = false;
  bool final = false;
  std::uint16_t handle = 0;  // of the track; never 0
  std::uint16_t sequence = 0;
  std::uint16_t frame = 0;
  std::uint32_t timestamp = 0;
  std::size_t size = 0;  // with its extensions
};

// Nothing: another version, or it does not end where it says. The payload may be empty.
std::optional<Header> parse(Bytes packet);
// Of a packet that parses.
void set_handle(MutableBytes packet, std::uint16_t handle);

}  // namespace costage::sfu::data_track
