#include "app/sharing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "app/streams.hpp"

namespace costage::app {
namespace {

using namespace domain;

SharedWatcher watcher(const std::string& name, const std::string& version = "8.7.2") {
  const Readiness readiness{DeviceReadiness::ready, DeviceReadiness::silent, ConnectionGrade::fair, version};
  return {RoomId{"room"}, UserId{"ada"},
          Present{UserId{"ada"}, name, from_unix_ms(1'800'000'000'000), true, readiness}};
}

TEST(Sharing, WatchersAreReadAsTheyWereWritten) {
  const SharedWatcher there = watcher("Ada \"ü\" 🎉"), gone{RoomId{"room"}, UserId{"bo"}, {}};
  const SharedWatchers read = watchers_from("node\n" + watcher_line(there) + watcher_line(gone));
  EXPECT_EQ(read.node, "node");
  ASSERT_EQ(read.watchers.size(), 2u);
  const Present& present = *read.watchers[0].present;
  EXPECT_EQ(present.user, there.user);
  EXPECT_EQ(present.name, there.present->name);
  EXPECT_EQ(present.since, there.present->since);
  EXPECT_TRUE(present.guest);
  EXPECT_EQ(present.readiness, there.present->readiness);
  EXPECT_EQ(read.watchers[1].user, gone.user);
  EXPECT_FALSE(read.watchers[1].present);
}

TEST(Sharing, ANameCannotBreakItsLine) {
  const SharedWatchers read = watchers_from("node\n" + watcher_line(watcher("A\n-\troom\tbo\tx", "")));
  ASSERT_EQ(read.watchers.size(), 1u);
  EXPECT_EQ(read.watchers[0].present->name, "A - room bo x");
}

TEST(Sharing, WhatIsNoWatcherIsLeftOut) {
  for (const char* line :
       {"", "+", "-\troom", "-\t\tada", "-\troom\tada\tmore", "*\troom\tada",
        "+\troom\tada\tAda\tsoon\t\tready\tready\tfair\t", "+\troom\tada\tAda\t1\t\tbroken\tready\tfair\t",
        "+\troom\tada\tAda\t1\t\tready\tready\tfair\tv1"})
    EXPECT_TRUE(watchers_from(std::string("node\n") + line).watchers.empty()) << line;
  EXPECT_TRUE(watchers_from("node\n-\troom\t" + std::string(5000, 'a')).watchers.empty());
}

TEST(Sharing, ReactionsAreReadAsTheyWereWritten) {
  const SharedReactions some{RoomId{"room"}, {1, 0, 3, 0, 0, 6}};
  EXPECT_EQ(reactions_from(reactions_text(some))->counts, some.counts);
  EXPECT_EQ(reactions_from(reactions_text(some))->room, some.room);
  for (const char* text :
       {"", "room", "room\t1", "room\t1\t2\t3\t4\t5\t-6", "\t1\t2\t3\t4\t5\t6", "room\t1\t2\t3\t4\t5\tsix"})
    EXPECT_FALSE(reactions_from(text)) << text;
}

RC_GTEST_PROP(Sharing, AnyTextIsReadWithoutHarm, (const std::string& text)) {
  for (const SharedWatcher& one : watchers_from(text).watchers) RC_ASSERT(!one.room.value().empty());
  (void)reactions_from(text);
  if (const auto end = hint_from(text)) RC_ASSERT(hint_from(hint_text(*end)) == end);
}

TEST(Hint, NamesAStreamOfOursAndANumber) {
  EXPECT_EQ(hint_from("room/abc 17"), (StreamEnd{"room/abc", 17}));
  EXPECT_EQ(hint_from(hint_text({"chat/a b", 3})), (StreamEnd{"chat/a b", 3}));
  for (const char* text : {"", "room/abc", "room/ 1", "room/abc -1", "room/abc 1x", "user/abc 1", "room/abc ", " 1"})
    EXPECT_FALSE(hint_from(text)) << text;
}

}  // namespace
}  // namespace costage::app
