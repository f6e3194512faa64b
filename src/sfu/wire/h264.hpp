// The H.264 payload (RFC 6184 section 5) as far as it can be seen without decoding, and what of `a=fmtp` says whether
// two payload types carry the same (section 8.2.2).
//
//       0 1 2 3 4 5 6 7
//      +-+-+-+-+-+-+-+-+
//      |F|NRI|  type   |  1..23: this NAL unit alone; 24 and 28: see below
//      +-+-+-+-+-+-+-+-+
//
// STAP-A (24), section 5.7.1, several NAL units:
//      +---------------+---------------+---------------+---------------+
//      |F|NRI|   24    |     size of a NAL unit        |F|NRI|  type   |  ... and again from its size on
//      +---------------+---------------+---------------+---------------+
//
// FU-A (28), section 5.8, a piece of one; its header is spread over the two bytes:
//      +---------------+---------------+
//      |F|NRI|   28    |S|E|R|  type   |  S: first piece, E: last
//      +---------------+---------------+
//
// A slice (types 1, 2 and 5) begins with first_mb_in_slice in Exp-Golomb code: one bit 1 says macroblock 0, so the
// first slice of its picture (ITU-T H.264 section 7.3.3). End-to-end encryption leaves this byte in the clear.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.hpp"

namespace costage::sfu::h264 {

struct Payload {
  // NAL units of these types that begin in this payload.
  bool sequence_parameters = false;  // SPS
  bool picture_parameters = false;   // PPS
  bool first_slice = false;          // of any picture
  bool first_idr_slice = false;      // of an IDR picture
  // The payload holds a part of an IDR picture, be it a later slice or piece.
  bool idr = false;
  // The first NAL unit may be the first of its frame (ITU-T H.264 section 7.4.1.2.3). A frame may have several such
  // packets (SPS, PPS and IDR picture sent one by one): it starts with the first that has its timestamp.
  bool may_start_frame = false;

  // A decoder may begin here. With parameters in packets of their own, both theirs and that of the IDR picture, of the
  // same timestamp, say so; the earlier one is meant.
  [[nodiscard]] bool starts_key_frame() const { return sequence_parameters || first_idr_slice; }
  // Belongs to a key frame. Of a packet with PPS or SEI alone it cannot be known.
  [[nodiscard]] bool key_frame() const { return sequence_parameters || idr; }
};

// Empty: not an H.264 payload of packetization mode 0 or 1.
[[nodiscard]] std::optional<Payload> parse(Bytes payload);

// Of profile-level-id (section 8.1): the profile that table 5 derives, and the level.
enum class Profile : std::uint8_t {
  constrained_baseline,
  baseline,
  main,
  extended,
  constrained_high,  // not in table 5: ITU-T H.264 annex A.2.4.2
  high,
  high_10,
  high_422,
  high_444,
  high_10_intra,
  high_422_intra,
  high_444_intra,
  cavlc_444_intra,
};
struct ProfileLevel {
  Profile profile = Profile::baseline;
  std::uint8_t level = 10;  // ten times the level, as level_idc; 9 is level 1b
  bool operator==(const ProfileLevel&) const = default;
};
// Six hexadecimal digits. Empty: malformed or a profile without a name.
[[nodiscard]] std::optional<ProfileLevel> parse_profile_level_id(std::string_view text);
// Of the value of an `a=fmtp`; without profile-level-id it is Baseline, level 1.
[[nodiscard]] std::optional<ProfileLevel> profile_level(std::string_view fmtp);
// What was sent as `a` may be passed on as `b`: packetization-mode and profile are equal. The level may differ.
[[nodiscard]] bool same_profile(std::string_view a, std::string_view b);

}  // namespace costage::sfu::h264
