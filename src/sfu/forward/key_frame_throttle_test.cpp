#include "sfu/forward/key_frame_throttle.hpp"

#include <gtest/gtest.h>

namespace costage::sfu {
namespace {

using media::Layer;
using std::chrono::milliseconds;

constexpr Instant kStart{Duration{5'000'000}};

// When the second request is let through, if everybody asks all the time.
milliseconds interval(KeyFrameThrottle& throttle, Layer layer) {
  throttle.want(layer);
  EXPECT_TRUE(throttle.take(kStart, layer));
  for (milliseconds t{0};; t += milliseconds{10}) {
    throttle.want(layer);
    const bool due = throttle.due(layer) <= kStart + t;
    EXPECT_EQ(due, throttle.take(kStart + t, layer));
    if (due) return t;
  }
}

TEST(KeyFrameThrottle, AsksOncePerIntervalOfTheLayer) {
  KeyFrameThrottle throttle;
  EXPECT_EQ(interval(throttle, Layer::low), milliseconds{500});
  EXPECT_EQ(interval(throttle, Layer::medium), milliseconds{1000});
  EXPECT_EQ(interval(throttle, Layer::high), milliseconds{1000});
}

TEST(KeyFrameThrottle, ATrackOfOneLayerHasTheShortInterval) {
  KeyFrameThrottle throttle;
  throttle.set_simulcast(false);
  EXPECT_EQ(interval(throttle, Layer::high), milliseconds{500});
}

TEST(KeyFrameThrottle, AKeyFrameAnswersWhatIsPending) {
  KeyFrameThrottle throttle;
  throttle.want(Layer::high);
  EXPECT_LE(throttle.due(Layer::high), kStart);
  throttle.on_key_frame(Layer::high);
  EXPECT_EQ(throttle.due(Layer::high), kNever);
  EXPECT_FALSE(throttle.take(kStart, Layer::high));
}

}  // namespace
}  // namespace costage::sfu
