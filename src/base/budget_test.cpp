#include "base/budget.hpp"

#include <gtest/gtest.h>

namespace costage {
namespace {

using namespace std::chrono_literals;

TEST(Budget, GivesABurstAndThenItsRate) {
  Instant now{1h};
  Budget budget{{.burst = 10, .per_second = 2}};
  EXPECT_FALSE(budget.take(now, 11));
  EXPECT_TRUE(budget.take(now, 10));
  EXPECT_FALSE(budget.take(now, 1));
  now += 500ms;
  EXPECT_TRUE(budget.take(now, 1));
  EXPECT_FALSE(budget.take(now, 1));
  now += 1h;
  EXPECT_TRUE(budget.take(now, 10));
  EXPECT_FALSE(budget.take(now, 1)) << "what was not used is not saved up";
}

}  // namespace
}  // namespace costage
