#include "sfu/forward/sparse_map.hpp"

#include <gtest/gtest.h>

namespace costage::sfu {
namespace {

TEST(SparseMap, NumbersCloseUpWherePacketsAreLeftOut) {
  SparseMap map;
  map.start(1000, 7);
  EXPECT_EQ(map.forward(1000, false), 7);
  map.leave_out(1001);
  map.leave_out(1002);
  EXPECT_EQ(map.forward(1003, true), 8);
  EXPECT_EQ(map.highest_out(), 8);
  EXPECT_EQ(map.find(8)->in, 1003);
  EXPECT_TRUE(map.find(8)->marker);
  EXPECT_EQ(map.find(7)->in, 1000);
  EXPECT_FALSE(map.find(9));
}

TEST(SparseMap, WhatIsLateFindsItsNumberKeptFree) {
  SparseMap map;
  map.start(0, 0);
  EXPECT_EQ(map.forward(0, false), 0);
  map.leave_out(3);  // 1 and 2 have not come
  EXPECT_EQ(map.forward(4, false), 3);
  EXPECT_EQ(map.forward(2, false), 2);
  EXPECT_EQ(map.forward(1, false), 1);
  EXPECT_FALSE(map.forward(3, false)) << "it was left out";
  map.leave_out(1);
  EXPECT_EQ(map.forward(5, false), 4) << "and what is late changes nothing";
}

TEST(SparseMap, RemembersAsMuchAsItSays) {
  SparseMap map;
  const std::int64_t first = (std::int64_t{1} << 32) - 100;  // over the end of 32 bits
  map.start(first, 1);
  for (std::int64_t i = 0; i < 1000; ++i) {
    if (i % 3 == 1)
      map.leave_out(first + i);
    else
      EXPECT_TRUE(map.forward(first + i, false));
  }
  const std::int64_t newest = map.highest_out();
  EXPECT_EQ(map.find(newest)->in, first + 999);
  const auto kept = static_cast<std::int64_t>(SparseMap::kKept) * 2 / 3;
  EXPECT_TRUE(map.find(newest - kept + 2));
  EXPECT_FALSE(map.find(newest - kept - 2));
  EXPECT_FALSE(map.forward(first, false)) << "too old to tell";
}

TEST(SparseMap, GoesOnAfterAPauseAndAHugeGap) {
  SparseMap map;
  map.start(10, 5);
  EXPECT_EQ(map.forward(10, false), 5);
  map.start(500, 6);
  EXPECT_EQ(map.forward(500, false), 6);
  EXPECT_EQ(map.forward(100'000, false), 6 + 99'500);
}

}  // namespace
}  // namespace costage::sfu
