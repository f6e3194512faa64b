#include "sfu/wire/h264.hpp"

#include <gtest/gtest.h>

#include "sfu/wire/captured_test.hpp"

namespace costage::sfu::h264 {
namespace {

constexpr std::uint8_t kSps = 0x67;
constexpr std::uint8_t kPps = 0x68;
constexpr std::uint8_t kIdr = 0x65;

TEST(H264, SingleUnits) {
  const auto sps = parse(Buffer{kSps, 0x42, 0xc0, 0x1f});
  EXPECT_TRUE(sps->sequence_parameters && sps->starts_key_frame() && sps->key_frame() && sps->may_start_frame);
  const auto pps = parse(Buffer{kPps, 0xce});
  EXPECT_TRUE(pps->picture_parameters && pps->may_start_frame);
  EXPECT_FALSE(pps->starts_key_frame() || pps->key_frame());
  const auto idr = parse(Buffer{kIdr, 0x88});
  EXPECT_TRUE(idr->first_idr_slice && idr->starts_key_frame() && idr->key_frame() && idr->may_start_frame);
  const auto delta = parse(Buffer{0x41, 0x9a});
  EXPECT_TRUE(delta->first_slice && delta->may_start_frame);
  EXPECT_FALSE(delta->key_frame() || delta->starts_key_frame());
}

TEST(H264, LaterSlicesStartNothing) {
  const auto idr = parse(Buffer{kIdr, 0x43});
  EXPECT_TRUE(idr->idr && idr->key_frame());
  EXPECT_FALSE(idr->starts_key_frame() || idr->may_start_frame);
  EXPECT_FALSE(parse(Buffer{0x41, 0x43})->may_start_frame);
}

TEST(H264, Aggregates) {
  const auto key = parse(Buffer{0x78, 0, 2, kSps, 0x42, 0, 2, kPps, 0xce, 0, 2, kIdr, 0x88});
  EXPECT_TRUE(key->sequence_parameters && key->picture_parameters && key->first_idr_slice && key->idr);
  EXPECT_TRUE(key->starts_key_frame() && key->may_start_frame);
  const auto two_slices = parse(Buffer{0x78, 0, 2, 0x41, 0x40, 0, 2, 0x41, 0x9a});
  EXPECT_TRUE(two_slices->first_slice);
  EXPECT_FALSE(two_slices->may_start_frame) << "the first of them ends another frame";
}

TEST(H264, Fragments) {
  const auto first = parse(Buffer{0x7c, 0x85, 0x88});
  EXPECT_TRUE(first->starts_key_frame() && first->may_start_frame && first->idr);
  const auto middle = parse(Buffer{0x7c, 0x05, 0x88});
  EXPECT_TRUE(middle->key_frame());
  EXPECT_FALSE(middle->starts_key_frame() || middle->may_start_frame);
  const auto last = parse(Buffer{0x5c, 0x41, 0x88});
  EXPECT_FALSE(last->key_frame() || last->may_start_frame || last->first_slice);
}

TEST(H264, RefusesWhatIsNoPayload) {
  const Buffer bad[] = {{},
                        {0x00},
                        {0x78},
                        {0x78, 0, 0},
                        {0x78, 0, 2, kSps},
                        {0x78, 0, 1},
                        {0x7c},
                        {0x7c, 0x98},
                        {0x7c, 0x00, 0x01},
                        {0x79, 0, 0, 0, 1, kSps},
                        {0x7d, 0x85},
                        {0x78, 0, 1, 0x78}};
  for (const Buffer& payload : bad) EXPECT_FALSE(parse(payload)) << testing::PrintToString(payload);
}

// What is seen of each packet: K starts a key frame, k belongs to one, s may start a frame, else a dot.
std::string seen(const std::string& capture) {
  std::string all;
  for (const CapturedPacket& packet : captured(capture)) {
    const auto p = parse(packet.rtp().payload);
    all += !p ? '?' : p->starts_key_frame() ? 'K' : p->key_frame() ? 'k' : p->may_start_frame ? 's' : '.';
  }
  return all;
}

// Mode 1: STAP-A of SPS and PPS, an IDR picture in three pieces, two frames of two pieces. Mode 0: SPS, PPS, four IDR
// slices, a frame of one slice and one of two.
TEST(H264, ReadsCapturedPackets) {
  EXPECT_EQ(seen("h264_mode1"), "KKkks.s.");
  EXPECT_EQ(seen("h264_mode0"), "KsKkkkss.");
}

TEST(H264Profile, FollowsTheTable) {
  const std::pair<std::string_view, Profile> named[] = {{"42e01f", Profile::constrained_baseline},
                                                        {"42c00a", Profile::constrained_baseline},
                                                        {"4d801f", Profile::constrained_baseline},
                                                        {"58c01f", Profile::constrained_baseline},
                                                        {"42001f", Profile::baseline},
                                                        {"58a01f", Profile::baseline},
                                                        {"4d001f", Profile::main},
                                                        {"4D401F", Profile::main},
                                                        {"58001f", Profile::extended},
                                                        {"64001f", Profile::high},
                                                        {"640c1f", Profile::constrained_high},
                                                        {"6e0033", Profile::high_10},
                                                        {"f4001f", Profile::high_444},
                                                        {"2c101f", Profile::cavlc_444_intra}};
  for (const auto& [text, profile] : named) {
    const auto read = parse_profile_level_id(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(read->profile, profile) << text;
  }
  for (const char* text : {"", "42e01", "42e01f0", "42e01g", "-2e01f", "ffffff", "4d201f"})
    EXPECT_FALSE(parse_profile_level_id(text)) << text;
}

TEST(H264Profile, ReadsLevel1b) {
  EXPECT_EQ(parse_profile_level_id("42f00b")->level, 9);
  EXPECT_EQ(parse_profile_level_id("42e00b")->level, 11);
  EXPECT_EQ(parse_profile_level_id("640009")->level, 9);
}

TEST(H264Profile, TheLevelMayDifferNothingElse) {
  constexpr std::string_view kOffered = "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f";
  EXPECT_TRUE(same_profile(kOffered, "packetization-mode=1;profile-level-id=42e034"));
  EXPECT_TRUE(same_profile(kOffered, "profile-level-id=4d801f; packetization-mode=1"));
  EXPECT_FALSE(same_profile(kOffered, "packetization-mode=0;profile-level-id=42e01f"));
  EXPECT_FALSE(same_profile(kOffered, "profile-level-id=42e01f"));
  EXPECT_FALSE(same_profile(kOffered, "packetization-mode=1;profile-level-id=42001f"));
  EXPECT_FALSE(same_profile("profile-level-id=zz", "profile-level-id=zz"));
  EXPECT_TRUE(same_profile("", "packetization-mode=0;profile-level-id=42001f"));
}

}  // namespace
}  // namespace costage::sfu::h264
