// The codecs that are forwarded, a row each, the preferred of a kind first. Signalling tells clients of them; how they
// are negotiated and what their packets say is in sfu/forward/codec, a row each as well.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/media.hpp"
#include "base/text.hpp"

namespace costage::media {

struct CodecRow {
  std::string_view mime;  // "video/VP8"
  std::string_view name;  // as in a=rtpmap
  Kind kind{};
  std::uint32_t clock_rate = 0;
  std::uint8_t channels = 0;
  bool scalable = false;  // clients put all spatial layers into one stream (SVC), unless they say otherwise
};

inline constexpr std::array kCodecs = {
    CodecRow{"audio/opus", "opus", Kind::audio, 48000, 2},
    CodecRow{"video/VP8", "VP8", Kind::video, 90000, 1},
    CodecRow{"video/H264", "H264", Kind::video, 90000, 1},
    CodecRow{"video/VP9", "VP9", Kind::video, 90000, 1, true},
    CodecRow{"video/AV1", "AV1", Kind::video, 90000, 1, true},
};

// Opus that repeats earlier packets (RFC 2198), beside it in a section; who does not take it gets plain Opus.
inline constexpr std::string_view kRedMime = "audio/red";

// By "VP8" or "video/VP8", without regard to case; nullptr: not forwarded.
[[nodiscard]] inline const CodecRow* find_codec_row(std::string_view text) {
  for (const CodecRow& row : kCodecs)
    if (equals_ignoring_case(text, row.name) || equals_ignoring_case(text, row.mime)) return &row;
  return nullptr;
}

// The one that every client has.
[[nodiscard]] constexpr const CodecRow& first_codec(Kind kind) {
  for (const CodecRow& row : kCodecs)
    if (row.kind == kind) return row;
  return kCodecs[0];
}

}  // namespace costage::media
