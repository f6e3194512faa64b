#include "sfu/forward/codec.hpp"

#include <array>

#include "sfu/wire/av1.hpp"
#include "sfu/wire/h264.hpp"
#include "sfu/wire/sdp/session.hpp"
#include "sfu/wire/vp8.hpp"
#include "sfu/wire/vp9.hpp"

namespace costage::sfu {
namespace {

std::optional<PayloadInfo> inspect_opus(Bytes) { return PayloadInfo{}; }
void renumber_nothing(MutableBytes, std::uint16_t, std::uint8_t) {}

// VP8 and VP9 number their pictures alike.
template <class Descriptor>
PayloadInfo with_counters(const Descriptor& descriptor, bool key_frame, bool frame_start) {
  return {.key_frame = key_frame,
          .frame_start = frame_start,
          .has_picture_id = descriptor.picture_id.has_value(),
          .has_tl0_picture_index = descriptor.tl0_picture_index.has_value(),
          .picture_id = descriptor.picture_id.value_or(0),
          .tl0_picture_index = descriptor.tl0_picture_index.value_or(0)};
}

std::optional<PayloadInfo> inspect_vp8(Bytes payload) {
  const auto descriptor = vp8::parse(payload);
  if (!descriptor) return std::nullopt;
  PayloadInfo out = with_counters(*descriptor, descriptor->key_frame, descriptor->frame_start());
  out.temporal = descriptor->temporal_layer.value_or(0);
  out.switching_up = descriptor->layer_sync;
  return out;
}
void renumber_vp8(MutableBytes payload, std::uint16_t picture_id, std::uint8_t tl0_picture_index) {
  vp8::rewrite(payload, picture_id, tl0_picture_index);
}

// A decoder starts with the parameters: clients send them before every key frame.
std::optional<PayloadInfo> inspect_h264(Bytes payload) {
  const auto parsed = h264::parse(payload);
  if (!parsed) return std::nullopt;
  return PayloadInfo{.key_frame = parsed->sequence_parameters, .frame_start = parsed->sequence_parameters};
}

std::optional<PayloadInfo> inspect_vp9(Bytes payload) {
  const auto descriptor = vp9::parse(payload);
  if (!descriptor) return std::nullopt;
  PayloadInfo out = with_counters(*descriptor, descriptor->starts_key_frame(), descriptor->picture_start());
  out.spatial = descriptor->spatial_layer();
  out.temporal = descriptor->temporal_layer();
  out.frame_end = descriptor->frame_end;
  out.switching_up = descriptor->layers && descriptor->layers->switching_up;
  return out;
}
void renumber_vp9(MutableBytes payload, std::uint16_t picture_id, std::uint8_t tl0_picture_index) {
  vp9::rewrite(payload, picture_id, tl0_picture_index);
}

std::optional<PayloadInfo> inspect_av1(Bytes payload) {
  const auto parsed = av1::parse(payload);
  if (!parsed) return std::nullopt;
  const bool starts = parsed->starts_key_frame();
  return PayloadInfo{.key_frame = starts, .frame_start = starts};
}

bool always_the_same(std::string_view, std::string_view) { return true; }

// RFC 9628 section 6, AV1 RTP specification section 7.2.3: without the parameter it is 0.
template <const char* kParameter>
bool same_profile_number(std::string_view a, std::string_view b) {
  const auto profile = [](std::string_view fmtp) {
    const std::string_view value = sdp::fmtp_parameter(fmtp, kParameter);
    return value.empty() ? std::string_view("0") : value;
  };
  return profile(a) == profile(b);
}
constexpr char kVp9Profile[] = "profile-id";
constexpr char kAv1Profile[] = "profile";

constexpr std::array kCodecs = {
    Codec{media::kCodecs[0], inspect_opus, renumber_nothing, always_the_same},
    Codec{media::kCodecs[1], inspect_vp8, renumber_vp8, always_the_same},
    Codec{media::kCodecs[2], inspect_h264, renumber_nothing, h264::same_profile},
    Codec{media::kCodecs[3], inspect_vp9, renumber_vp9, same_profile_number<kVp9Profile>},
    Codec{media::kCodecs[4], inspect_av1, renumber_nothing, same_profile_number<kAv1Profile>},
};
static_assert(kCodecs.size() == media::kCodecs.size(), "a row for every codec");

}  // namespace

const Codec* find_codec(std::string_view name) {
  const media::CodecRow* row = media::find_codec_row(name);
  return row == nullptr ? nullptr : &kCodecs[static_cast<std::size_t>(row - media::kCodecs.data())];
}

}  // namespace costage::sfu
