#include "app/probes.hpp"

#include "app/use_cases_test.hpp"

namespace costage::app {
namespace {

class ProbesTest : public UseCases {
 protected:
  domain::Answer<MediaCredentials> probe(const Caller& who, const RoomId& room) {
    return ask<MediaCredentials>([&](auto done) { app.probes().open(who, room, done); });
  }
};

TEST_F(ProbesTest, EachIsInARoomOfItsOwnWhereItMayPublish) {
  const RoomId room = create_room();
  ASSERT_TRUE(probe(kGuest, room));
  ASSERT_TRUE(probe(kGuest, room));
  ASSERT_EQ(server.grants.size(), 2u);
  EXPECT_NE(server.grants[0].room, server.grants[1].room);
  EXPECT_NE(server.grants[0].room, room);
  EXPECT_TRUE(server.grants[0].can_publish);
  EXPECT_TRUE(server.grants[0].lease.value().empty());
}

TEST_F(ProbesTest, ItIsClosedWhenItsTimeIsOver) {
  ASSERT_TRUE(probe(kGuest, create_room()));
  wait(Probes::kLength - 1s);
  EXPECT_FALSE(server.was_told("close"));
  ASSERT_TRUE(app.next_wake());
  wait(1s);
  EXPECT_TRUE(server.was_told("close"));
}

TEST_F(ProbesTest, OneMoreThanTheMostIsRefused) {
  const RoomId room = create_room();
  for (std::size_t i = 0; i < Probes::kMost; ++i) ASSERT_TRUE(probe(kGuest, room));
  EXPECT_EQ(refusal(probe(kGuest, room)), "unavailable");
  wait(Probes::kLength);
  EXPECT_TRUE(probe(kGuest, room));
}

TEST_F(ProbesTest, NoneForARoomThatIsOverOrUnknown) {
  const RoomId room = create_room();
  ask<Room>([&](auto done) { app.rooms().stop(kHost, room, {}, done); });
  EXPECT_EQ(refusal(probe(kGuest, room)), "room_ended");
  EXPECT_EQ(refusal(probe(kGuest, RoomId{"none"})), "room_not_found");
}

}  // namespace
}  // namespace costage::app
