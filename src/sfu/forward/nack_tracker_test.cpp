#include "sfu/forward/nack_tracker.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace costage::sfu {
namespace {

constexpr Instant at_ms(int ms) { return Instant{Duration{ms * 1000}}; }

std::vector<std::uint16_t> due(NackTracker& tracker, int ms) {
  std::array<std::uint16_t, 64> out;
  const std::size_t n = tracker.due(at_ms(ms), out);
  return {out.begin(), out.begin() + n};
}

TEST(NackTracker, AsksForGapsOnlyAndOnlyAfterReorderingHadItsChance) {
  NackTracker tracker;
  tracker.on_packet(at_ms(0), 65600);
  tracker.on_packet(at_ms(1), 65603);
  EXPECT_TRUE(due(tracker, 2).empty());
  EXPECT_EQ(due(tracker, 10), (std::vector<std::uint16_t>{65, 66}));
}

TEST(NackTracker, APacketThatArrivesIsNotAskedForAgain) {
  NackTracker tracker;
  tracker.on_packet(at_ms(0), 65600);
  tracker.on_packet(at_ms(1), 65603);
  EXPECT_TRUE(tracker.on_packet(at_ms(2), 65601));
  EXPECT_FALSE(tracker.on_packet(at_ms(3), 65601)) << "a duplicate fills no gap";
  EXPECT_EQ(due(tracker, 10), (std::vector<std::uint16_t>{66}));
}

TEST(NackTracker, AsksAgainAfterARoundTripAndGivesUp) {
  NackTracker tracker;
  tracker.on_packet(at_ms(0), 65600);
  tracker.on_packet(at_ms(1), 65602);
  int asked = 0;
  for (int ms = 0; ms < 5000; ms += 10) asked += static_cast<int>(due(tracker, ms).size());
  EXPECT_EQ(asked, NackTracker::kMaxAttempts);
  EXPECT_FALSE(tracker.pending());
}

TEST(NackTracker, LearnsTheRoundTripFromRepairs) {
  NackTracker tracker;
  std::int64_t sequence = 65600;
  tracker.on_packet(at_ms(0), sequence);
  for (int ms = 10; ms < 20'000; ms += 400) {
    tracker.on_packet(at_ms(ms), sequence += 2);
    ASSERT_EQ(due(tracker, ms + 10).size(), 1U);
    tracker.on_packet(at_ms(ms + 10 + 30), sequence - 1);
  }
  EXPECT_NEAR(static_cast<double>(tracker.round_trip().count()), 30'000, 500);
}

TEST(NackTracker, AStreamThatBeginsOutOfOrderMissesWhatLiesBetween) {
  NackTracker tracker;
  tracker.on_packet(at_ms(0), 65603);
  tracker.on_packet(at_ms(1), 65600);
  EXPECT_EQ(due(tracker, 10), (std::vector<std::uint16_t>{65, 66}));
  EXPECT_TRUE(tracker.on_packet(at_ms(30), 65601));
}

TEST(NackTracker, AHoleTooLargeIsHopeless) {
  NackTracker tracker;
  tracker.on_packet(at_ms(0), 65600);
  tracker.on_packet(at_ms(1), 65600 + 1000);
  EXPECT_TRUE(tracker.pending());
  EXPECT_TRUE(tracker.take_hopeless());
  EXPECT_FALSE(tracker.take_hopeless());
  EXPECT_FALSE(tracker.pending());
  EXPECT_TRUE(due(tracker, 50).empty());
}

}  // namespace
}  // namespace costage::sfu
