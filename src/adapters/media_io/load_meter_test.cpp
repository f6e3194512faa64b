#include "adapters/media_io/load_meter.hpp"

#include <gtest/gtest.h>

namespace costage::media_io {
namespace {

// One loop that works for that share of its time.
class Load : public ::testing::Test {
 protected:
  void pass(double busy, std::size_t peers, int looks = 1) {
    for (int i = 0; i < looks; ++i) {
      now.at += LoadMeter::kLookEvery;
      now.waited +=
          Duration{static_cast<Duration::rep>((1 - busy) * static_cast<double>(LoadMeter::kLookEvery.count()))};
      now.peers = peers;
      meter.look({now});
    }
  }
  Worked now;
  LoadMeter meter;
};

TEST_F(Load, AnIdleLoopHasAllOfIt) {
  pass(0, 0, 5);
  EXPECT_EQ(meter.headroom(), 100);
  for (int i = 0; i < 5; ++i) meter.look({now});
  EXPECT_EQ(meter.headroom(), 100) << "it sleeps, and says nothing";
}

TEST_F(Load, WhatWorksMostOfItsTimeHasNone) {
  pass(0.425, 100, 60);
  EXPECT_NEAR(meter.headroom(), 50, 1);
  pass(LoadMeter::kMost, 200, 60);
  EXPECT_EQ(meter.headroom(), 0);
  pass(1, 200, 60);
  EXPECT_EQ(meter.headroom(), 0);
  pass(0.1, 20, 60);
  EXPECT_GT(meter.headroom(), 80) << "when they have gone";
}

TEST_F(Load, AMomentsPeakIsNotTheEnd) {
  pass(0.3, 100, 60);
  pass(1, 100);
  EXPECT_GT(meter.headroom(), 20);
}

TEST_F(Load, ACrowdThatComesAtOnceIsCountedBeforeItIsMeasured) {
  pass(0.425, 100, 60);  // 0.425 % each
  for (int i = 0; i < 50; ++i) meter.on_newcomer(0);
  EXPECT_NEAR(meter.headroom(), 25, 2);
  for (int i = 0; i < 60; ++i) meter.on_newcomer(0);
  EXPECT_EQ(meter.headroom(), 0);
  pass(0.425, 100, 12);
  EXPECT_NEAR(meter.headroom(), 50, 1) << "they did not stay";
}

TEST_F(Load, TheLoopThatHasMostDecides) {
  LoadMeter two(2);
  Worked idle, full;
  for (int i = 0; i < 60; ++i) {
    idle.at += LoadMeter::kLookEvery;
    idle.waited += LoadMeter::kLookEvery;
    full.at += LoadMeter::kLookEvery;
    two.look({full, idle});
  }
  EXPECT_EQ(two.headroom(0), 0);
  EXPECT_EQ(two.headroom(), 100);
}

}  // namespace
}  // namespace costage::media_io
