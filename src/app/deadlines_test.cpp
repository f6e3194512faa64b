#include "app/deadlines.hpp"

#include <gtest/gtest.h>

namespace costage::app {
namespace {

using domain::RoomId;
using namespace std::chrono_literals;

const WallTime kNow = from_unix_ms(1'800'000'000'000);
const RoomId kA{"a"}, kB{"b"};

TEST(Deadlines, ComeInTheirOrderAndOnlyWhenDue) {
  Deadlines deadlines;
  EXPECT_FALSE(deadlines.next());
  deadlines.set(kA, kNow + 2s);
  deadlines.set(kB, kNow + 1s);
  EXPECT_EQ(deadlines.next(), kNow + 1s);
  EXPECT_TRUE(deadlines.due(kNow).empty());
  EXPECT_EQ(deadlines.due(kNow + 1s), (std::vector{kB}));
  EXPECT_EQ(deadlines.due(kNow + 5s), (std::vector{kB, kA}));
}

TEST(Deadlines, ARoomHasOneThatMovesAndGoes) {
  Deadlines deadlines;
  deadlines.set(kA, kNow + 2s);
  deadlines.set(kA, kNow + 9s);
  EXPECT_TRUE(deadlines.due(kNow + 8s).empty());
  deadlines.set(kA, {});
  deadlines.set(kB, {});
  EXPECT_FALSE(deadlines.next());
}

}  // namespace
}  // namespace costage::app
