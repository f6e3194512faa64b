#include "sfu/forward/temporal_filter.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/rng.hpp"

namespace costage::sfu {
namespace {

struct TemporalFilterTest : testing::Test {
  // The next packet; "0".."3" its temporal layer, with "y": it needs nothing of its own layer.
  std::optional<TemporalFilter::Place> take(std::uint8_t temporal, bool switching_up = false, bool frame_start = true) {
    MediaPacket packet;
    packet.sequence = ++sequence;
    if (frame_start) ++picture;
    packet.info = {.key_frame = false, .frame_start = frame_start, .has_picture_id = true, .picture_id = picture};
    packet.info.temporal = temporal;
    packet.info.switching_up = switching_up;
    return filter.take(packet);
  }
  std::string taken(const std::vector<std::pair<int, bool>>& frames) {
    std::string out;
    for (const auto& [temporal, up] : frames)
      if (take(static_cast<std::uint8_t>(temporal), up)) out += std::to_string(temporal);
    return out;
  }
  TemporalFilter filter;
  std::int64_t sequence = 1000;
  std::uint16_t picture = 7;
};

// As Chromium's VP8 encoder orders three temporal layers.
const std::vector<std::pair<int, bool>> kPattern = {{0, false}, {2, true}, {1, true}, {2, false}};

TEST_F(TemporalFilterTest, LessTakesPlaceAtTheNextFrameAndMoreWhereADecoderCanFollow) {
  EXPECT_EQ(taken(kPattern), "0212");
  filter.limit(0);
  EXPECT_EQ(taken(kPattern), "0");
  filter.limit(kAllTemporalLayers);
  EXPECT_EQ(taken(kPattern), "01") << "the first of layer 2 comes before layer 1 is there";
  EXPECT_EQ(taken(kPattern), "0212");
  filter.limit(1);
  EXPECT_EQ(taken(kPattern), "01");
}

TEST_F(TemporalFilterTest, NumbersCloseUpAndLeadBack) {
  filter.limit(0);
  ASSERT_TRUE(take(0));
  EXPECT_FALSE(take(2));
  EXPECT_FALSE(take(2, false, false)) << "the frame's second packet";
  EXPECT_FALSE(take(1));
  const auto next = take(0);
  ASSERT_TRUE(next);
  EXPECT_EQ(next->sequence, 1002);
  EXPECT_EQ(next->pictures, 2);
  EXPECT_EQ(filter.source_of(1001), 1001);
  EXPECT_EQ(filter.source_of(1002), 1005);
  EXPECT_FALSE(filter.place_of(1003));
  EXPECT_EQ(filter.place_of(1001)->sequence, 1001);
  EXPECT_EQ(filter.place_of(1005)->pictures, 2);
}

// Of anything that happens: every packet that goes on has a number of its own, without gaps, and is found by it.
TEST_F(TemporalFilterTest, WhateverIsLeftOutNothingIsLostNorTwice) {
  SeededRng rng(5);
  std::vector<std::pair<std::int64_t, std::int64_t>> recent;
  std::int64_t last = sequence;
  for (int i = 0; i < 20'000; ++i) {
    if (rng.below(20) == 0) filter.limit(static_cast<std::uint8_t>(rng.below(4)));
    const auto place = take(static_cast<std::uint8_t>(rng.below(4)), rng.below(2) == 0, rng.below(3) != 0);
    if (!place) {
      EXPECT_FALSE(filter.place_of(sequence));
      continue;
    }
    ASSERT_EQ(place->sequence, ++last);
    recent.emplace_back(sequence, place->sequence);
    const std::size_t back = std::min<std::size_t>(recent.size(), 30);
    for (std::size_t k = recent.size() - back; k < recent.size(); ++k) {
      ASSERT_EQ(filter.source_of(recent[k].second), recent[k].first);
      ASSERT_EQ(filter.place_of(recent[k].first)->sequence, recent[k].second);
    }
  }
}

TEST_F(TemporalFilterTest, WhatIsTooOldIsNotGuessed) {
  filter.limit(0);
  for (int i = 0; i < 200; ++i) (void)taken(kPattern);
  EXPECT_FALSE(filter.place_of(1001));
  EXPECT_FALSE(filter.source_of(1001));
}

}  // namespace
}  // namespace costage::sfu
