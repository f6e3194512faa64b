#include "adapters/bus/inbox.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace costage::bus {
namespace {

struct InboxTest : ::testing::Test {
  void run() {  // what is posted, with what that posts
    for (; !posted.empty(); ++turns) {
      const auto f = std::move(posted.front());
      posted.pop_front();
      f();
    }
  }
  std::deque<std::function<void()>> posted;
  int turns = 0;
  std::vector<std::string> heard;
  std::shared_ptr<Inbox> inbox = std::make_shared<Inbox>([this](auto f) { posted.push_back(std::move(f)); });
};

TEST_F(InboxTest, OnePostForManyMessagesAndTheirOrderIsKept) {
  inbox->listen("a", [&](auto bytes) { heard.push_back("a" + std::string{bytes}); });
  inbox->listen("b", [&](auto bytes) { heard.push_back("b" + std::string{bytes}); });
  inbox->hear("a", "1");
  inbox->hear("b", "2");
  inbox->hear("c", "nobody listens");
  inbox->hear("a", "3");
  EXPECT_EQ(posted.size(), 1u);
  run();
  EXPECT_THAT(heard, ::testing::ElementsAre("a1", "b2", "a3"));
  EXPECT_EQ(inbox->counts().heard, 3u);
}

TEST_F(InboxTest, WhatIsTooMuchForOneTurnWaitsForTheNext) {
  inbox->listen("a", [&](auto bytes) { heard.emplace_back(bytes); });
  for (std::size_t i = 0; i < 2 * kMaxTogether + 1; ++i) inbox->hear("a", std::to_string(i));
  run();
  EXPECT_EQ(turns, 3);
  ASSERT_EQ(heard.size(), 2 * kMaxTogether + 1);
  EXPECT_EQ(heard.back(), std::to_string(2 * kMaxTogether));
}

TEST_F(InboxTest, TheOldestAreLostAndCountedWhenTooManyWait) {
  inbox->listen("a", [&](auto bytes) { heard.emplace_back(bytes); });
  for (std::size_t i = 0; i < kMaxWaiting + 3; ++i) inbox->hear("a", std::to_string(i));
  run();
  ASSERT_EQ(heard.size(), kMaxWaiting);
  EXPECT_EQ(heard.front(), "3");
  EXPECT_EQ(inbox->counts().lost, 3u);
}

TEST_F(InboxTest, TheOldestAreLostWhenTooManyBytesWait) {
  inbox->listen("a", [&](auto bytes) { heard.emplace_back(bytes.substr(0, 1)); });
  const std::size_t fit = kMaxWaitingBytes / (kMaxMessage + 1);  // with the subject
  for (std::size_t i = 0; i <= fit; ++i) inbox->hear("a", std::string(kMaxMessage, i == 0 ? 'x' : 'y'));
  run();
  EXPECT_EQ(heard, std::vector<std::string>(fit, "y"));
  EXPECT_EQ(inbox->counts().lost, 1u);
}

TEST_F(InboxTest, TooLargeAMessageIsLost) {
  inbox->listen("a", [&](auto bytes) { heard.emplace_back(bytes); });
  inbox->hear("a", std::string(kMaxMessage + 1, 'x'));
  run();
  EXPECT_TRUE(heard.empty());
  EXPECT_EQ(inbox->counts().lost, 1u);
}

TEST_F(InboxTest, NothingIsCalledAfterItIsClosed) {
  inbox->listen("a", [&](auto bytes) {
    heard.emplace_back(bytes);
    inbox->close();
  });
  inbox->on_connected([&] { heard.emplace_back("connected"); });
  inbox->hear("a", "1");
  inbox->hear("a", "2");
  inbox->connected();
  run();
  EXPECT_THAT(heard, ::testing::ElementsAre("1"));
}

}  // namespace
}  // namespace costage::bus
