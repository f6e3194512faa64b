#include "app/watching.hpp"

#include "app/use_cases_test.hpp"

namespace costage::app {
namespace {

class WatchingTest : public UseCases {
 protected:
  domain::Answer<WatcherPage> list(const std::string& query = "", const PageRequest& page = {}) {
    return ask<WatcherPage>([&](auto done) { app.watching().list(kHost, room, query, page, done); });
  }
  void watch(const std::string& user) { app.watching().start({UserId{user}, "Name of " + user}, room, "c-" + user); }

  const RoomId room = create_room();
};

TEST_F(WatchingTest, IsListedInPages) {
  for (const char* user : {"a", "b", "c"}) watch(user);
  const auto first = list("", {2, ""});
  EXPECT_EQ(first->items.size(), 2u);
  EXPECT_EQ(first->total, 3u);
  const auto second = list("", {2, first->next_cursor});
  ASSERT_EQ(second->items.size(), 1u);
  EXPECT_EQ(second->items[0].user, UserId{"c"});
  EXPECT_EQ(second->next_cursor, "");
  EXPECT_EQ(list("NAME OF B")->total, 1u);
  EXPECT_EQ(list("nobody")->total, 0u);
  EXPECT_EQ(refusal(ask<WatcherPage>([&](auto done) { app.watching().list(kHost, RoomId{"none"}, "", {}, done); })),
            "room_not_found");
}

TEST_F(WatchingTest, SaysWhyNot) {
  app.watching().start(kGuest, room, "c");
  EXPECT_FALSE(list()->items.at(0).reason);
  invite(room, kGuest.user);
  EXPECT_EQ(list()->items.at(0).reason->code, Code::invitation_pending);
}

TEST_F(WatchingTest, EndsWithSilenceUnsubscribingAndClosing) {
  watch("a");
  watch("b");
  watch("c");
  EXPECT_EQ(app.watching().count(room), 3u);
  app.watching().stop(room, "c-a");
  app.watching().stop(room, "c-a");
  EXPECT_EQ(app.watching().count(room), 2u);
  app.watching().stop_all("c-b");
  EXPECT_EQ(app.watching().count(room), 1u);
  wait(59s);
  app.watching().heartbeat("c-c");
  wait(59s);
  EXPECT_EQ(app.watching().count(room), 1u);
  wait(1s);
  EXPECT_EQ(app.watching().count(room), 0u);
}

}  // namespace
}  // namespace costage::app
