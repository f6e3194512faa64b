#include "sfu/forward/receive_stats.hpp"

#include <gtest/gtest.h>

namespace costage::sfu {
namespace {

constexpr Instant at_ms(int ms) { return Instant{Duration{ms * 1000}}; }
constexpr std::int64_t kBase = 1 << 16;

TEST(ReceiveStats, SaysNothingBeforeTheFirstPacket) { EXPECT_FALSE(ReceiveStats{48000}.take_report()); }

TEST(ReceiveStats, CountsLossPerIntervalAndInTotal) {
  ReceiveStats stats(90000);
  for (int i = 0; i < 100; ++i)
    if (i % 4 != 0 || i == 0) stats.on_packet(at_ms(i * 10), kBase + i, static_cast<std::uint32_t>(i * 900));
  auto report = stats.take_report();
  ASSERT_TRUE(report);
  EXPECT_EQ(report->cumulative_lost, 24);
  EXPECT_EQ(report->fraction_lost, 24 * 256 / 100);
  EXPECT_EQ(report->highest_sequence, 99U);
  for (int i = 100; i < 200; ++i) stats.on_packet(at_ms(i * 10), kBase + i, static_cast<std::uint32_t>(i * 900));
  report = stats.take_report();
  EXPECT_EQ(report->fraction_lost, 0);
  EXPECT_EQ(report->cumulative_lost, 24);
}

TEST(ReceiveStats, RepairedPacketsAreNotLost) {
  ReceiveStats stats(90000);
  stats.on_packet(at_ms(0), kBase, 0);
  stats.on_packet(at_ms(20), kBase + 2, 1800);
  stats.on_repaired();
  EXPECT_EQ(stats.take_report()->cumulative_lost, 0);
}

TEST(ReceiveStats, JitterIsZeroForAnEvenStreamAndFollowsAnUnevenOne) {
  ReceiveStats even(48000);
  ReceiveStats uneven(48000);
  for (int i = 0; i < 500; ++i) {
    even.on_packet(at_ms(i * 20), kBase + i, static_cast<std::uint32_t>(i * 960));
    uneven.on_packet(at_ms(i * 20 + (i % 2) * 10), kBase + i, static_cast<std::uint32_t>(i * 960));
  }
  EXPECT_EQ(even.jitter().count(), 0);
  EXPECT_NEAR(static_cast<double>(uneven.jitter().count()), 10'000, 200);  // every step is 10 ms off
}

TEST(ReceiveStats, ANewTimestampBaseIsNotJitter) {
  ReceiveStats stats(48000);
  for (int i = 0; i < 10; ++i) stats.on_packet(at_ms(i * 20), kBase + i, static_cast<std::uint32_t>(i * 960));
  stats.on_packet(at_ms(200), kBase + 10, 0x80000000U);
  EXPECT_EQ(stats.jitter().count(), 0);
}

}  // namespace
}  // namespace costage::sfu
