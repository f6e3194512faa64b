#include "base/rate_limiter.hpp"

#include <gtest/gtest.h>

namespace costage {
namespace {

using std::chrono::seconds;

TEST(RateLimiter, EachHasAWindowOfTheirOwn) {
  RateLimiter limiter(2);
  const WallTime now = from_unix_ms(1'000'000);
  EXPECT_TRUE(limiter.count("ann", now).allowed);
  EXPECT_EQ(limiter.count("ann", now + seconds{10}).remaining, 0u);
  const auto refused = limiter.count("ann", now + seconds{20});
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.reset, seconds{40});
  EXPECT_TRUE(limiter.count("ben", now + seconds{20}).allowed);
  EXPECT_TRUE(limiter.count("ann", now + seconds{60}).allowed);
}

TEST(RateLimiter, AClockThatGoesBackLocksNobodyOut) {
  RateLimiter limiter(1);
  EXPECT_TRUE(limiter.count("ann", from_unix_ms(1'000'000)).allowed);
  EXPECT_TRUE(limiter.count("ann", from_unix_ms(1'000)).allowed);
}

}  // namespace
}  // namespace costage
