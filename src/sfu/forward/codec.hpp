// The codecs that are forwarded, as one table. Everything codec-specific of the packet path is behind the two functions
// of a row; a codec whose payload passes through unchanged needs only `inspect`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.hpp"
#include "base/media.hpp"

namespace costage::sfu {

// What forwarding needs to know of a payload.
struct PayloadInfo {
  bool key_frame = true;    // a decoder can start with the frame this packet belongs to
  bool frame_start = true;  // first packet of its frame
  bool has_picture_id = false;
  bool has_tl0_picture_index = false;
  std::uint16_t picture_id = 0;
  std::uint8_t tl0_picture_index = 0;
};

// Subtracted from the source's counters so that they stay continuous when the source layer changes.
struct PictureShift {
  std::uint16_t picture_id = 0;
  std::uint8_t tl0_picture_index = 0;
};

struct Codec {
  std::string_view mime;  // "video/VP8"
  std::string_view name;  // as in a=rtpmap
  media::Kind kind{};
  std::uint32_t clock_rate = 0;
  std::uint8_t channels = 0;
  // Empty: not a payload of this codec.
  std::optional<PayloadInfo> (*inspect)(Bytes payload);
  // Puts these counters in the places of those found by `inspect`; the size does not change.
  void (*renumber)(MutableBytes payload, std::uint16_t picture_id, std::uint8_t tl0_picture_index);
};

// By a=rtpmap name without regard to case; nullptr: not forwarded.
[[nodiscard]] const Codec* find_codec(std::string_view name);

}  // namespace costage::sfu
