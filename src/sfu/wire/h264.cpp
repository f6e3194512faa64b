#include "sfu/wire/h264.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "sfu/wire/sdp/session.hpp"

namespace costage::sfu::h264 {
namespace {

constexpr std::uint8_t kTypeMask = 0x1f;
constexpr std::uint8_t kFirstPiece = 0x80;       // S
constexpr std::uint8_t kFirstMacroblock = 0x80;  // first_mb_in_slice is 0

enum NalType : std::uint8_t {
  kSlice = 1,
  kPartitionA = 2,
  kIdrSlice = 5,
  kSei = 6,
  kSps = 7,
  kPps = 8,
  kDelimiter = 9,
  kPrefix = 14,
  kReserved18 = 18,
  kLastNal = 23,
  kStapA = 24,
  kFuA = 28,
};

bool is_nal(std::uint8_t type) { return type >= kSlice && type <= kLastNal; }
bool is_slice(std::uint8_t type) { return type == kSlice || type == kPartitionA || type == kIdrSlice; }

// Of a NAL unit that begins here and is no slice: what may precede the first slice.
bool precedes_slices(std::uint8_t type) {
  return (type >= kSei && type <= kDelimiter) || (type >= kPrefix && type <= kReserved18);
}

// A NAL unit that begins here. `body` is what is there of it behind its header.
bool read_nal(std::uint8_t type, Bytes body, bool first_in_payload, Payload& p) {
  if (!is_nal(type)) return false;
  const bool first_slice = is_slice(type) && !body.empty() && body[0] & kFirstMacroblock;
  p.sequence_parameters |= type == kSps;
  p.picture_parameters |= type == kPps;
  p.first_slice |= first_slice;
  p.first_idr_slice |= first_slice && type == kIdrSlice;
  p.idr |= type == kIdrSlice;
  if (first_in_payload) p.may_start_frame = first_slice || precedes_slices(type);
  return true;
}

bool read_aggregate(ByteReader& in, Payload& p) {
  bool first = true;
  do {
    ByteReader nal(in.take(in.u16()));
    const std::uint8_t type = nal.u8() & kTypeMask;
    if (!in.ok() || !nal.ok() || !read_nal(type, nal.rest(), first, p)) return false;
    first = false;
  } while (in.remaining() > 0);
  return true;
}

bool read_fragment(ByteReader& in, Payload& p) {
  const std::uint8_t header = in.u8();
  const std::uint8_t type = header & kTypeMask;
  if (!in.ok() || !is_nal(type)) return false;
  if (header & kFirstPiece) return read_nal(type, in.rest(), true, p);
  p.idr = type == kIdrSlice;
  return true;
}

// Table 5: the profile is this one where profile_idc is equal and profile-iop is, in the bits of `mask`.
struct ProfileRow {
  std::uint8_t idc;
  std::uint8_t mask;
  std::uint8_t iop;
  Profile profile;
};
constexpr std::array<ProfileRow, 16> kProfiles = {{
    {0x42, 0x4f, 0x40, Profile::constrained_baseline},
    {0x4d, 0x8f, 0x80, Profile::constrained_baseline},
    {0x58, 0xcf, 0xc0, Profile::constrained_baseline},
    {0x42, 0x4f, 0x00, Profile::baseline},
    {0x58, 0xcf, 0x80, Profile::baseline},
    {0x4d, 0xaf, 0x00, Profile::main},
    {0x58, 0xcf, 0x00, Profile::extended},
    {0x64, 0xff, 0x0c, Profile::constrained_high},
    {0x64, 0xff, 0x00, Profile::high},
    {0x6e, 0xff, 0x00, Profile::high_10},
    {0x7a, 0xff, 0x00, Profile::high_422},
    {0xf4, 0xff, 0x00, Profile::high_444},
    {0x6e, 0xff, 0x10, Profile::high_10_intra},
    {0x7a, 0xff, 0x10, Profile::high_422_intra},
    {0xf4, 0xff, 0x10, Profile::high_444_intra},
    {0x2c, 0xff, 0x10, Profile::cavlc_444_intra},
}};

constexpr std::uint8_t kConstraintSet3 = 0x10;
constexpr std::uint8_t kLevel11 = 11;
constexpr std::uint8_t kLevel1b = 9;

// Level 1b of the older profiles is written as level 1.1 with constraint_set3_flag (ITU-T H.264 annex A.3.1).
std::uint8_t level_of(std::uint8_t idc, std::uint8_t iop, std::uint8_t level) {
  const bool older = idc == 0x42 || idc == 0x4d || idc == 0x58;
  return older && (iop & kConstraintSet3) && level == kLevel11 ? kLevel1b : level;
}

std::string_view packetization_mode(std::string_view fmtp) {
  const std::string_view mode = sdp::fmtp_parameter(fmtp, "packetization-mode");
  return mode.empty() ? "0" : mode;
}

}  // namespace

std::optional<Payload> parse(Bytes payload) {
  ByteReader in(payload);
  const std::uint8_t type = in.u8() & kTypeMask;
  if (!in.ok()) return {};
  Payload p;
  const bool read = type == kStapA ? read_aggregate(in, p)
                    : type == kFuA ? read_fragment(in, p)
                                   : read_nal(type, in.rest(), true, p);
  if (!read) return {};
  return p;
}

std::optional<ProfileLevel> parse_profile_level_id(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (text.size() != 6 || error != std::errc() || end != text.data() + text.size()) return {};
  const auto idc = static_cast<std::uint8_t>(value >> 16);
  const auto iop = static_cast<std::uint8_t>(value >> 8);
  const auto row = std::find_if(kProfiles.begin(), kProfiles.end(),
                                [&](const ProfileRow& r) { return r.idc == idc && (iop & r.mask) == r.iop; });
  if (row == kProfiles.end()) return {};
  return ProfileLevel{row->profile, level_of(idc, iop, static_cast<std::uint8_t>(value))};
}

std::optional<ProfileLevel> profile_level(std::string_view fmtp) {
  const std::string_view id = sdp::fmtp_parameter(fmtp, "profile-level-id");
  if (id.empty()) return ProfileLevel{};
  return parse_profile_level_id(id);
}

bool same_profile(std::string_view a, std::string_view b) {
  const auto first = profile_level(a);
  const auto second = profile_level(b);
  return first && second && first->profile == second->profile && packetization_mode(a) == packetization_mode(b);
}

}  // namespace costage::sfu::h264
