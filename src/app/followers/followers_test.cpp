#include "app/followers/followers.hpp"

#include <gtest/gtest.h>

#include "adapters/storage/memory/memory_database.hpp"
#include "domain/decide.hpp"

namespace costage::app {
namespace {

using namespace domain;
using namespace std::chrono_literals;

// Writes down what it is given; answers at once, or when the test says so.
class Recorder final : public Follower {
 public:
  [[nodiscard]] std::string_view name() const override { return "recorder"; }
  void follow(const RoomId& room, const Event& event, std::function<void(bool)> done) override {
    seen.push_back(room.value() + std::to_string(event.seq));
    if (slow)
      waiting.push_back(std::move(done));
    else
      done(!failing);
  }
  std::vector<std::string> take() { return std::exchange(seen, {}); }

  std::vector<std::string> seen;
  std::vector<std::function<void(bool)>> waiting;
  bool slow = false;
  bool failing = false;
};
using Seen = std::vector<std::string>;

class FollowersTest : public ::testing::Test {
 protected:
  // A program of this node: what it committed it follows.
  struct Node {
    explicit Node(FollowersTest& test) : work(test.storage, test.clock), followers(work) {
      followers.add(recorder);
      work.on_commit([this](const Committed& committed) { followers.on_commit(committed); });
      bool started = false;
      followers.start([&](bool ok) { started = ok; });
      test.storage.run();
      EXPECT_TRUE(started);
    }
    Recorder recorder;
    UnitOfWork work;
    Followers followers;
  };

  void create(Node& node, const char* id) {
    CreateRoom command;
    command.actor = {UserId{"host"}, "Host"};
    command.id = RoomId{id};
    command.title = "Show";
    Write<Room> write;
    write.caller = command.actor;
    write.load = [](Transaction&) -> domain::Answer<RoomState> { return RoomState{}; };
    write.decide = [=, this](Transaction&, const RoomState&) { return create_room(command, clock.now()); };
    write.made = [](const RoomState& after, const Events&) { return Made{after.room.id}; };
    write.answer = [](Transaction&, const RoomState& state, const Made&) -> domain::Answer<Room> { return state.room; };
    node.work.write<Room>(write, [](const auto& answer) { EXPECT_TRUE(answer); });
    storage.run();
  }
  // One event each.
  void change(Node& node, const char* id, int times = 1) {
    for (int i = 0; i < times; ++i) {
      UpdateRoom update;
      update.actor = {UserId{"host"}, "Host"};
      update.title = "Show " + std::to_string(++changes_);
      node.work.command(RoomId{id}, update);
      storage.run();
    }
  }
  void end(Node& node, const char* id) {
    node.work.command(RoomId{id}, StopRoom{{UserId{"host"}, "Host"}});
    storage.run();
  }
  void wait(Node& node, std::chrono::milliseconds time) {
    clock.time += time;
    node.followers.on_time(clock.now());
    storage.run();
  }

  storage::MemoryStorage storage;
  VirtualClock clock;

 private:
  int changes_ = 0;
};

TEST_F(FollowersTest, EventsComeInOrderAtOnce) {
  Node node(*this);
  create(node, "a");
  change(node, "a");
  create(node, "b");
  change(node, "a");
  EXPECT_EQ(node.recorder.take(), (Seen{"a1", "a2", "b1", "a3"}));
}

TEST_F(FollowersTest, WhoIsSlowReadsOnFromWhereTheyAre) {
  Node node(*this);
  node.recorder.slow = true;
  create(node, "a");
  change(node, "a", 3);
  create(node, "b");
  EXPECT_EQ(node.recorder.take(), (Seen{"a1", "b1"})) << "one at a time in each room";
  node.recorder.slow = false;
  for (auto& done : std::exchange(node.recorder.waiting, {})) done(true);
  storage.run();
  EXPECT_EQ(node.recorder.take(), (Seen{"a2", "a3", "a4"}));
}

TEST_F(FollowersTest, WhatFailedIsGivenAgainLaterAndNothingOvertakesIt) {
  Node node(*this);
  node.recorder.failing = true;
  create(node, "a");
  change(node, "a");
  EXPECT_EQ(node.recorder.take(), (Seen{"a1"}));
  wait(node, 999ms);
  EXPECT_EQ(node.recorder.take(), Seen{});
  EXPECT_EQ(node.followers.next_wake(), clock.now() + 1ms);
  wait(node, 1ms);
  EXPECT_EQ(node.recorder.take(), (Seen{"a1"}));
  wait(node, 1s);
  EXPECT_EQ(node.recorder.take(), Seen{}) << "pauses grow";
  node.recorder.failing = false;
  wait(node, 1s);
  EXPECT_EQ(node.recorder.take(), (Seen{"a1", "a2"}));
  change(node, "a");
  EXPECT_EQ(node.recorder.take(), (Seen{"a3"}));
}

TEST_F(FollowersTest, TheNextProgramGoesOnWhereThisOneWas) {
  {
    Node node(*this);
    create(node, "a");
    create(node, "b");
    wait(node, 10s);  // positions are written
    change(node, "b", 2);
  }
  Node next(*this);
  EXPECT_EQ(next.recorder.take(), Seen{}) << "not before the rooms are known again";
  wait(next, 0s);
  EXPECT_EQ(next.recorder.take(), (Seen{"b2", "b3"}));
  change(next, "a");
  change(next, "b");
  EXPECT_EQ(next.recorder.take(), (Seen{"a2", "b4"}));
}

TEST_F(FollowersTest, AStopWritesPositions) {
  {
    Node node(*this);
    create(node, "a");
    node.followers.on_stop();
    storage.run();
  }
  Node next(*this);
  wait(next, 0s);
  EXPECT_EQ(next.recorder.take(), Seen{});
}

TEST_F(FollowersTest, ALongHistoryIsReadInParts) {
  {
    Node node(*this);
    node.recorder.failing = true;
    create(node, "a");
    change(node, "a", 250);
  }
  Node next(*this);
  wait(next, 0s);
  EXPECT_EQ(next.recorder.seen.size(), 251u);
  EXPECT_EQ(next.recorder.seen.back(), "a251");
}

TEST_F(FollowersTest, WithoutStorageItTriesAgain) {
  {
    Node node(*this);
    create(node, "a");
  }
  Node next(*this);
  storage.full = true;
  wait(next, 0s);
  EXPECT_EQ(next.recorder.take(), Seen{});
  storage.full = false;
  wait(next, 1s);
  EXPECT_EQ(next.recorder.take(), (Seen{"a1"}));
  storage.database.fail_commits = true;
  wait(next, 10s);
  storage.database.fail_commits = false;
  wait(next, 10s);
  EXPECT_TRUE(storage.database.history().behind("recorder", {}, 1).empty()) << "the position is written later";
}

// Storage that is slow and then refuses: one write fails after a later one was given to it.
TEST_F(FollowersTest, AWriteThatFailsLateBringsNothingBack) {
  Node node(*this);
  create(node, "a");
  node.followers.on_stop();  // waits in the queue
  storage.database.fail_commits = true;
  storage.run();
  storage.database.fail_commits = false;
  end(node, "a");
  wait(node, 10s);
  wait(node, 10s);
  EXPECT_FALSE(node.followers.next_wake());
  EXPECT_TRUE(storage.database.history().behind("recorder", {}, 1).empty());
}

TEST_F(FollowersTest, AStartThatStorageRefusesSaysSo) {
  storage.full = true;
  UnitOfWork work(storage, clock);
  Followers followers(work);
  Recorder recorder;
  followers.add(recorder);
  std::optional<bool> started;
  followers.start([&](bool ok) { started = ok; });
  EXPECT_EQ(started, false);
}

TEST_F(FollowersTest, RoomsThatAreOverAreForgottenAndTheEventsOfTheirEndAreNot) {
  Node node(*this);
  create(node, "a");
  end(node, "a");
  wait(node, 10s);
  EXPECT_FALSE(node.followers.next_wake());
  EXPECT_EQ(node.recorder.take(), (Seen{"a1", "a2"}));
  EXPECT_TRUE(storage.database.history().behind("recorder", {}, 1).empty());
}

}  // namespace
}  // namespace costage::app
