#include "app/presence.hpp"

#include <gtest/gtest.h>

#include "domain/limits.hpp"

namespace costage::app {
namespace {

using domain::RoomId;
using domain::UserId;
using namespace std::chrono_literals;

const RoomId kRoom{"room"}, kOther{"other"};
const WallTime kNow = from_unix_ms(1'800'000'000'000);

Presence::Who who(const char* user, bool guest = false) { return {UserId{user}, user, guest}; }

TEST(Presence, SeveralWindowsOfOneUserAreOne) {
  Presence presence;
  EXPECT_TRUE(presence.start(kRoom, who("ann"), "c1", kNow));
  EXPECT_TRUE(presence.start(kRoom, who("ann"), "c2", kNow + 1s));
  EXPECT_TRUE(presence.start(kRoom, who("bob", true), "c3", kNow));
  EXPECT_EQ(presence.count(kRoom), 2u);
  EXPECT_EQ(presence.entries(), 3u);
  EXPECT_EQ(presence.find(kRoom, {.limit = 1}).items.at(0).since, kNow) << "of the first";
  EXPECT_TRUE(presence.is_guest(kRoom, UserId{"bob"}));
  EXPECT_FALSE(presence.is_guest(kRoom, UserId{"ann"}) || presence.is_guest(kOther, UserId{"ann"}) ||
               presence.is_guest(kRoom, UserId{"nobody"}));
  EXPECT_TRUE(presence.stop(kRoom, "c1"));
  EXPECT_TRUE(presence.watches(kRoom, UserId{"ann"}));
  EXPECT_TRUE(presence.stop(kRoom, "c2"));
  EXPECT_FALSE(presence.watches(kRoom, UserId{"ann"}));
  EXPECT_EQ(presence.count(kRoom), 1u);
  EXPECT_EQ(presence.count(kOther), 0u);
}

TEST(Presence, StoppingWhatWasNotStartedChangesNothing) {
  Presence presence;
  EXPECT_FALSE(presence.stop(kRoom, "c"));
  EXPECT_TRUE(presence.stop_all("c").empty());
  presence.start(kRoom, who("ann"), "c", kNow);
  EXPECT_FALSE(presence.stop(kOther, "c"));
  presence.heartbeat("another", kNow);
  EXPECT_EQ(presence.entries(), 1u);
}

TEST(Presence, AConnectionThatEndsLeavesAllItsRooms) {
  Presence presence;
  presence.start(kRoom, who("ann"), "c", kNow);
  presence.start(kOther, who("ann"), "c", kNow);
  EXPECT_EQ(presence.stop_all("c"), (std::vector{kOther, kRoom}));
  EXPECT_EQ(presence.entries(), 0u);
  EXPECT_FALSE(presence.next_expiry());
}

TEST(Presence, SilenceEndsIt) {
  Presence presence;
  presence.start(kRoom, who("ann"), "c1", kNow);
  presence.start(kRoom, who("bob"), "c2", kNow + 10s);
  presence.heartbeat("c1", kNow + 30s);
  EXPECT_EQ(presence.next_expiry(), kNow + 10s + domain::limits::kPresenceTimeout);
  EXPECT_TRUE(presence.expire(kNow + 69s).empty());
  EXPECT_EQ(presence.expire(kNow + 70s), (std::vector{kRoom}));
  EXPECT_FALSE(presence.watches(kRoom, UserId{"bob"}));
  EXPECT_TRUE(presence.watches(kRoom, UserId{"ann"}));
}

TEST(Presence, AnotherSubscriptionIsASignOfLife) {
  Presence presence;
  presence.start(kRoom, who("ann"), "c", kNow);
  presence.start(kOther, who("ann"), "c", kNow + 30s);
  EXPECT_TRUE(presence.expire(kNow + 60s).empty());
}

TEST(Presence, TheNewestNameCounts) {
  Presence presence;
  presence.start(kRoom, who("ann"), "c1", kNow);
  presence.start(kRoom, {UserId{"ann"}, "Ann B."}, "c2", kNow);
  EXPECT_EQ(presence.find(kRoom, {.limit = 1}).items.at(0).name, "Ann B.");
  EXPECT_EQ(presence.find(kRoom, {.text = "b.", .limit = 1}).total, 1u) << "also for who searches";
}

std::string ids(const PresentPage& page) {
  std::string out;
  for (const Present& one : page.items) out += one.user.value() + ' ';
  return out + "of " + std::to_string(page.total) + (page.more ? ", more" : "");
}

TEST(Presence, IsFoundInPages) {  // N-040
  Presence presence;
  for (const char* user : {"d", "b", "a", "c"})
    presence.start(kRoom, {UserId{user}, std::string("Number ") + user}, std::string("c-") + user, kNow);
  EXPECT_EQ(ids(presence.find(kRoom, {.limit = 2})), "a b of 4, more");
  EXPECT_EQ(ids(presence.find(kRoom, {.after = UserId{"b"}, .limit = 2})), "c d of 4");
  EXPECT_EQ(ids(presence.find(kRoom, {.after = UserId{"d"}, .limit = 2})), "of 4");
  EXPECT_EQ(ids(presence.find(kRoom, {.limit = 9, .except = {UserId{"a"}, UserId{"z"}}})), "b c d of 3");
  EXPECT_EQ(ids(presence.find(kOther, {.limit = 2})), "of 0");
}

TEST(Presence, IsFoundByAPartOfNameOrId) {  // N-040
  Presence presence;
  presence.start(kRoom, {UserId{"User-1"}, "ANN"}, "c1", kNow);
  presence.start(kRoom, {UserId{"user-2"}, "Hanna \xc3\x84"}, "c2", kNow);
  EXPECT_EQ(ids(presence.find(kRoom, {.text = "ann", .limit = 9})), "User-1 user-2 of 2");
  EXPECT_EQ(ids(presence.find(kRoom, {.text = "uSER-2", .limit = 9})), "user-2 of 1");
  EXPECT_EQ(ids(presence.find(kRoom, {.text = "\xc3\x84", .limit = 9})), "user-2 of 1");
  EXPECT_EQ(ids(presence.find(kRoom, {.text = "nobody", .limit = 9})), "of 0");
}

}  // namespace
}  // namespace costage::app
