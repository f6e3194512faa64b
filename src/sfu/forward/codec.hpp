// What is special about each codec, as one table beside base/codecs.hpp: its payload on the packet path, and which
// formats of it are the same. A codec whose payload passes through unchanged needs only `inspect`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.hpp"
#include "base/codecs.hpp"
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
  std::uint8_t spatial = 0;  // layers; 0 as well where the payload does not tell
  std::uint8_t temporal = 0;
  bool frame_end = false;     // last packet of its frame; known of spatial layers alone
  bool switching_up = false;  // needs nothing of its own temporal layer
};

// Subtracted from the source's counters so that they stay continuous when the source layer changes.
struct PictureShift {
  std::uint16_t picture_id = 0;
  std::uint8_t tl0_picture_index = 0;
};

struct Codec {
  const media::CodecRow& row;
  // Empty: not a payload of this codec.
  std::optional<PayloadInfo> (*inspect)(Bytes payload);
  // Puts these counters in the places of those found by `inspect`; the size does not change.
  void (*renumber)(MutableBytes payload, std::uint16_t picture_id, std::uint8_t tl0_picture_index);
  // By their a=fmtp: a decoder of the one takes what the other sends.
  bool (*same_format)(std::string_view fmtp, std::string_view other);

  [[nodiscard]] media::Kind kind() const { return row.kind; }
  [[nodiscard]] bool is_video() const { return row.kind == media::Kind::video; }
};

// By a=rtpmap name without regard to case; nullptr: not forwarded.
[[nodiscard]] const Codec* find_codec(std::string_view name);

}  // namespace costage::sfu
