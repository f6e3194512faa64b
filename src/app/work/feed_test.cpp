#include "app/work/feed.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <string>

namespace costage::app {
namespace {

using domain::RoomId;

struct Event {
  std::uint64_t seq = 0;
};
struct State {
  std::uint64_t seq = 0;
};

// A history that others write, and a node that tells of it.
class FeedTest : public ::testing::Test {
 protected:
  using TestFeed = Feed<Event, State>;
  static constexpr std::size_t kPage = 3;

  static std::vector<Event> events(std::uint64_t first, std::uint64_t last) {
    std::vector<Event> out(last - first + 1);
    for (std::size_t i = 0; i < out.size(); ++i) out[i].seq = first + i;
    return out;
  }
  void commit(std::uint64_t first, std::uint64_t last) {
    stored = std::max(stored, last);
    feed.on_commit(kRoom, events(first, last), State{last});
  }
  void hint(std::uint64_t seq) { feed.on_hint(kRoom, seq); }
  // Answers what was asked, as the history is now.
  void answer(bool refused = false) {
    for (auto& [after, done] : std::exchange(asked, {})) {
      if (refused) {
        done(std::nullopt);
        continue;
      }
      const std::uint64_t last = std::min<std::uint64_t>(stored, after + kPage);
      done(TestFeed::Page{after >= stored ? std::vector<Event>{} : events(after + 1, last), State{stored}});
    }
  }
  [[nodiscard]] bool in_order(std::uint64_t first, std::uint64_t last) const {
    std::vector<std::uint64_t> wanted(last - first + 1);
    std::iota(wanted.begin(), wanted.end(), first);
    return told == wanted;
  }

  const RoomId kRoom{"room"};
  std::uint64_t stored = 0;
  std::vector<std::uint64_t> told;
  std::vector<std::pair<std::uint64_t, std::function<void(std::optional<TestFeed::Page>)>>> asked;
  TestFeed feed{[this](const RoomId&, std::uint64_t after, auto done) { asked.emplace_back(after, std::move(done)); },
                [this](const std::vector<Event>& some, const State&) {
                  for (const Event& event : some) told.push_back(event.seq);
                }};
};

TEST_F(FeedTest, WhatWasReadForWhoFollowedBeforeHidesNothing) {
  stored = 2;
  feed.follow_from_end(kRoom, 2);
  stored = 3;
  hint(3);
  feed.unfollow(kRoom);
  feed.follow(kRoom, 1);  // somebody who knows less; what was asked for the one before is still under way
  for (int i = 0; i < 3; ++i) answer();
  EXPECT_TRUE(in_order(2, 3));
}

TEST_F(FeedTest, OwnCommitsAreToldAtOnce) {
  commit(1, 2);
  feed.follow_from_end(kRoom, 2);
  commit(3, 3);
  EXPECT_TRUE(in_order(1, 3));
  EXPECT_TRUE(asked.empty()) << "nothing is read";
}

TEST_F(FeedTest, WhatOthersWroteIsReadAfterAHint) {
  feed.follow_from_end(kRoom, 0);
  stored = 8;
  hint(8);
  for (int i = 0; i < 3; ++i) answer();
  EXPECT_TRUE(in_order(1, 8)) << "page by page";
  answer();
  EXPECT_TRUE(asked.empty());
}

TEST_F(FeedTest, AnOwnCommitBehindAGapWaitsForWhatIsBetween) {
  feed.follow_from_end(kRoom, 1);
  stored = 3;
  commit(4, 5);
  EXPECT_TRUE(told.empty());
  answer();
  answer();
  EXPECT_TRUE(in_order(2, 5)) << "and is not told twice";
}

TEST_F(FeedTest, ACommitThatWasReadBeforeItsAnswerIsNotToldAgain) {
  feed.follow_from_end(kRoom, 0);
  stored = 2;
  hint(2);
  answer();
  commit(1, 2);
  EXPECT_TRUE(in_order(1, 2));
}

TEST_F(FeedTest, ACommitWhileSomethingIsReadIsToldOnce) {
  feed.follow_from_end(kRoom, 0);
  stored = 1;
  hint(1);
  commit(1, 1);
  EXPECT_TRUE(in_order(1, 1));
  answer();
  EXPECT_TRUE(in_order(1, 1));
}

TEST_F(FeedTest, WhatCouldNotBeReadIsReadLater) {
  feed.follow_from_end(kRoom, 0);
  stored = 1;
  hint(1);
  answer(true);
  EXPECT_TRUE(told.empty());
  EXPECT_TRUE(asked.empty()) << "not at once";
  feed.read_on();
  answer();
  EXPECT_TRUE(in_order(1, 1));
  feed.read_on();
  EXPECT_TRUE(asked.empty());
}

TEST_F(FeedTest, WhoBeginsToFollowIsToldWhatCameMeanwhile) {
  stored = 4;
  feed.follow(kRoom, 2);
  answer();
  EXPECT_TRUE(in_order(3, 4));
  feed.unfollow(kRoom);
  feed.follow(kRoom, 4);
  answer();
  EXPECT_TRUE(in_order(3, 4)) << "there is no more";
  answer();
  EXPECT_TRUE(asked.empty());
}

TEST_F(FeedTest, HintsOfThePastOfWhatIsNotFollowedAndTwiceDoNothing) {
  hint(5);
  EXPECT_TRUE(asked.empty());
  feed.follow_from_end(kRoom, 5);
  hint(3);
  hint(5);
  EXPECT_TRUE(asked.empty());
  stored = 6;
  hint(6);
  hint(6);
  EXPECT_EQ(asked.size(), 1u);
  answer();
  EXPECT_TRUE(in_order(6, 6));
  feed.unfollow(kRoom);
  hint(7);
  EXPECT_TRUE(asked.empty());
}

}  // namespace
}  // namespace costage::app
