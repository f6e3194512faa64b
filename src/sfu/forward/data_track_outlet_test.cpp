#include "sfu/forward/data_track_outlet.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/media_limits.hpp"

namespace costage::sfu {
namespace {

using namespace std::chrono_literals;

class Gate : public testing::Test {
 public:
  bool packet(std::uint16_t frame, bool start = false) {
    return gate.pass(now, {.start = start, .handle = 1, .frame = frame}, [this] {
      ++asked;
      return ready;
    });
  }
  // A frame of three packets: how many went.
  int frame(std::uint16_t number) { return packet(number, true) + packet(number) + packet(number); }

  FrameGate gate;
  Instant now{1h};
  bool ready = true;
  int asked = 0;
};

TEST_F(Gate, AFrameGoesWholeOrNotAtAll) {
  EXPECT_TRUE(packet(1, true));
  ready = false;
  EXPECT_TRUE(packet(1)) << "it has begun";
  EXPECT_FALSE(packet(2, true));
  ready = true;
  EXPECT_FALSE(packet(2)) << "its beginning is missing";
  EXPECT_EQ(frame(3), 3);
  EXPECT_EQ(asked, 3) << "once a frame";
}

TEST_F(Gate, WhoComesInTheMiddleBeginsWithTheNextFrame) {
  EXPECT_FALSE(packet(7));
  EXPECT_FALSE(packet(7));
  EXPECT_EQ(frame(8), 3);
}

TEST_F(Gate, WhatComesLateFollowsItsFrame) {
  EXPECT_EQ(frame(10), 3);
  ready = false;
  EXPECT_EQ(frame(11), 0);
  EXPECT_TRUE(packet(10));
  EXPECT_FALSE(packet(11));
  EXPECT_FALSE(packet(9)) << "longer ago than is remembered";
  ready = true;
  EXPECT_EQ(frame(12), 3);
  EXPECT_FALSE(packet(11));
}

TEST_F(Gate, NumbersWrapAndMayStartAnew) {
  EXPECT_EQ(frame(0xffff), 3);
  EXPECT_EQ(frame(0), 3);
  EXPECT_EQ(frame(5000), 3);
  EXPECT_EQ(frame(1), 3) << "far back: a new count";
}

TEST_F(Gate, AFrameThatWasGivenUpIsOver) {
  EXPECT_TRUE(packet(1, true));
  gate.give_up(1);
  EXPECT_FALSE(packet(1));
  EXPECT_EQ(frame(2), 3);
}

TEST_F(Gate, FewerFramesForWhoAskedForFewer) {
  gate.limit(10);
  int whole = 0;
  for (std::uint16_t number = 0; number < 60; ++number, now += 33ms + 333us) whole += frame(number) == 3;
  EXPECT_NEAR(whole, 20, 1) << "two seconds at 30 a second";
  gate.limit(0);
  for (std::uint16_t number = 100; number < 110; ++number) EXPECT_EQ(frame(number), 3);
}

TEST(DataTrackOutlet, HasEveryoneOnceUpToItsLimit) {
  DataTrackOutlet outlet;
  const auto peer = [](std::size_t n) { return media::PeerSid{"PA_" + std::to_string(n)}; };
  for (std::size_t n = 0; n <= media::kMaxTrackViewers; ++n) outlet.subscribe({.handle = 1, .subscriber = peer(n)});
  EXPECT_EQ(outlet.subscribers().size(), media::kMaxTrackViewers);
  outlet.subscribe({.handle = 1, .subscriber = peer(0), .subscriber_handle = 9});
  EXPECT_EQ(outlet.subscribers().size(), media::kMaxTrackViewers);
  EXPECT_EQ(outlet.subscribers()[0].handle, 9);
  outlet.unsubscribe(peer(0));
  EXPECT_EQ(outlet.subscribers().size(), media::kMaxTrackViewers - 1);
}

}  // namespace
}  // namespace costage::sfu
