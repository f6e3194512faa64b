#include "sfu/congestion/arrival_recorder.hpp"

#include <gtest/gtest.h>

namespace costage::sfu {
namespace {

constexpr Instant at_ms(int ms) { return Instant{Duration{ms * 1000}}; }

TEST(ArrivalRecorder, ReportsEveryPacketOnceWithHolesAsLost) {
  ArrivalRecorder recorder;
  for (int i : {65534, 65535, 1}) recorder.on_packet(at_ms(i % 100), static_cast<std::uint16_t>(i));
  auto report = recorder.take_report();
  EXPECT_EQ(report.base_sequence, 65534);
  ASSERT_EQ(report.arrivals.size(), 4U);
  EXPECT_EQ(report.arrivals[2], kNever);
  EXPECT_EQ(report.arrivals[3], at_ms(1));
  EXPECT_EQ(report.feedback_count, 0);
  EXPECT_FALSE(recorder.pending());
  EXPECT_TRUE(recorder.take_report().arrivals.empty());

  recorder.on_packet(at_ms(200), 0);  // too late, was reported as lost
  EXPECT_FALSE(recorder.pending());
  recorder.on_packet(at_ms(210), 2);
  report = recorder.take_report();
  EXPECT_EQ(report.base_sequence, 2);
  EXPECT_EQ(report.arrivals.size(), 1U);
  EXPECT_EQ(report.feedback_count, 1);
}

TEST(ArrivalRecorder, AJumpStartsAnew) {
  ArrivalRecorder recorder;
  recorder.on_packet(at_ms(0), 10);
  recorder.on_packet(at_ms(1), 10'000);
  const auto report = recorder.take_report();
  EXPECT_EQ(report.base_sequence, 10'000);
  EXPECT_EQ(report.arrivals.size(), 1U);
}

}  // namespace
}  // namespace costage::sfu
