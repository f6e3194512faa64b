#include "sfu/peer/srtp_stream.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace costage::sfu {
namespace {

TEST(ReplayWindow, EachIndexOnce) {
  ReplayWindow window;
  EXPECT_FALSE(window.seen(5));
  window.mark(5);
  EXPECT_TRUE(window.seen(5));
  EXPECT_FALSE(window.seen(4));
  window.mark(2000);
  EXPECT_TRUE(window.seen(2000 - 1024)) << "older than the window";
  EXPECT_FALSE(window.seen(2000 - 1023));
}

RC_GTEST_PROP(ReplayWindow, AgreesWithASet, (const std::vector<std::uint16_t>& steps)) {
  ReplayWindow window;
  std::set<std::uint64_t> seen;
  std::uint64_t base = 3000;
  for (const std::uint16_t step : steps) {
    base += step % 700;
    const std::uint64_t index = base - step % 1500;
    const bool old = !seen.empty() && *seen.rbegin() >= index + ReplayWindow::kWindow;
    RC_ASSERT(window.seen(index) == (old || seen.contains(index)));
    if (window.seen(index)) continue;
    window.mark(index);
    seen.insert(index);
  }
}

TEST(EstimateIndex, FollowsRolloverBothWays) {
  EXPECT_EQ(estimate_index(65535, 0), 65536u);
  EXPECT_EQ(estimate_index(65536, 65535), 65535u);
  EXPECT_EQ(estimate_index(0x2fff0, 0x0010), 0x30010u);
  EXPECT_EQ(estimate_index(3, 65534), 65534u) << "nothing lies before the first rollover";
}

TEST(SrtpStreams, KeepsManyApartAndHasALimit) {
  SrtpStreams streams;
  for (std::uint32_t i = 0; i < SrtpStreams::kMaxStreams; ++i) {
    EXPECT_EQ(streams.find(i * 7919), nullptr);
    ASSERT_NE(streams.add(i * 7919), nullptr);
    streams.find(i * 7919)->mark(i);
  }
  for (std::uint32_t i = 0; i < SrtpStreams::kMaxStreams; ++i) EXPECT_EQ(streams.find(i * 7919)->highest(), i);
  EXPECT_EQ(streams.add(1), nullptr);
}

}  // namespace
}  // namespace costage::sfu
