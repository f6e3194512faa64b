#include "sfu/forward/audio_activity.hpp"

#include <gtest/gtest.h>

namespace costage::sfu {
namespace {

AudioActivity::Window window(AudioActivity& activity, int loud, int quiet) {
  for (int i = 0; i < loud; ++i) activity.on_packet(20);
  for (int i = 0; i < quiet; ++i) activity.on_packet(70);
  return activity.close_window();
}

TEST(AudioActivity, FourInTenLoudPacketsAreSpeech) {
  AudioActivity activity;
  EXPECT_TRUE(window(activity, 8, 12).active);
  EXPECT_FALSE(window(activity, 7, 13).active);
}

TEST(AudioActivity, LevelRisesAndFadesToZero) {
  AudioActivity activity;
  const float first = window(activity, 20, 0).level;
  const float second = window(activity, 20, 0).level;
  EXPECT_GT(first, 0);
  EXPECT_GT(second, first);
  EXPECT_LE(second, 0.1F + 1e-6F);  // -20 dBov
  float last = second;
  for (int i = 0; i < 10; ++i) last = window(activity, 0, 20).level;
  EXPECT_EQ(last, 0);
}

}  // namespace
}  // namespace costage::sfu
