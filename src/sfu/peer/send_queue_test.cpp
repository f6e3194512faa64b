#include "sfu/peer/send_queue.hpp"

#include <gtest/gtest.h>

namespace costage::sfu {
namespace {

using namespace std::chrono_literals;

TEST(SendQueue, IsAsOldAsItsOldestMessage) {
  SendQueue queue;
  const Instant start{1h};
  EXPECT_EQ(queue.age(start, 0), Duration::zero());
  for (int i = 0; i < 10; ++i) queue.on_sent(start + i * 10ms);
  EXPECT_EQ(queue.age(start + 100ms, 0), 0ms);
  EXPECT_EQ(queue.age(start + 100ms, 1), 10ms);
  EXPECT_EQ(queue.age(start + 100ms, 10), 100ms);
  EXPECT_EQ(queue.age(start + 100ms, 11), 100ms) << "no more can wait than were sent";
}

TEST(SendQueue, RemembersTheNewest) {
  SendQueue queue;
  const Instant start{1h};
  for (std::size_t i = 0; i < 3 * SendQueue::kRemembered; ++i) queue.on_sent(start + i * 1ms);
  const Instant now = start + 3 * SendQueue::kRemembered * 1ms;
  EXPECT_EQ(queue.age(now, SendQueue::kRemembered), SendQueue::kRemembered * 1ms);
  EXPECT_EQ(queue.age(now, SendQueue::kRemembered + 1), Duration::max());
}

}  // namespace
}  // namespace costage::sfu
