#include "sfu/forward/codec.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "sfu/wire/vp8.hpp"

namespace costage::sfu {
namespace {

std::optional<PayloadInfo> inspect_opus(Bytes) { return PayloadInfo{}; }
void renumber_nothing(MutableBytes, std::uint16_t, std::uint8_t) {}

std::optional<PayloadInfo> inspect_vp8(Bytes payload) {
  const auto descriptor = vp8::parse(payload);
  if (!descriptor) return std::nullopt;
  return PayloadInfo{.key_frame = descriptor->key_frame,
                     .frame_start = descriptor->frame_start(),
                     .has_picture_id = descriptor->picture_id.has_value(),
                     .has_tl0_picture_index = descriptor->tl0_picture_index.has_value(),
                     .picture_id = descriptor->picture_id.value_or(0),
                     .tl0_picture_index = descriptor->tl0_picture_index.value_or(0)};
}
void renumber_vp8(MutableBytes payload, std::uint16_t picture_id, std::uint8_t tl0_picture_index) {
  vp8::rewrite(payload, picture_id, tl0_picture_index);
}

constexpr std::array kCodecs = {
    Codec{"audio/opus", "opus", media::Kind::audio, 48000, 2, inspect_opus, renumber_nothing},
    Codec{"video/VP8", "VP8", media::Kind::video, 90000, 1, inspect_vp8, renumber_vp8},
};

bool same_text(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

}  // namespace

const Codec* find_codec(std::string_view name) {
  const auto found =
      std::find_if(kCodecs.begin(), kCodecs.end(), [&](const Codec& c) { return same_text(c.name, name); });
  return found == kCodecs.end() ? nullptr : &*found;
}

}  // namespace costage::sfu
