#include "adapters/bus/outbox.hpp"

#include <gtest/gtest.h>

namespace costage::bus {
namespace {

TEST(Outbox, RefusesWhatDoesNotFit) {
  Outbox outbox;
  EXPECT_FALSE(outbox.push({"a", std::string(kMaxMessage + 1, 'x')}));
  for (std::size_t i = 0; i < kMaxWaitingBytes / kMaxMessage; ++i)
    ASSERT_TRUE(outbox.push({"a", std::string(kMaxMessage, 'x')}));
  EXPECT_FALSE(outbox.push({"a", "x"}));
  EXPECT_EQ(outbox.clear(), kMaxWaitingBytes / kMaxMessage);
  for (std::size_t i = 0; i < kMaxWaiting; ++i) ASSERT_TRUE(outbox.push({"a", ""}));
  EXPECT_FALSE(outbox.push({"a", ""}));
}

TEST(Outbox, GivesTheOldestFirstAndRoomForMore) {
  Outbox outbox;
  for (std::size_t i = 0; i < kMaxWaiting; ++i) ASSERT_TRUE(outbox.push({"a", std::to_string(i)}));
  const auto first = outbox.take();
  ASSERT_EQ(first.size(), kMaxTogether);
  EXPECT_EQ(first.front().bytes, "0");
  EXPECT_TRUE(outbox.push({"a", "last"}));
  EXPECT_EQ(outbox.take().front().bytes, std::to_string(kMaxTogether));
}

}  // namespace
}  // namespace costage::bus
