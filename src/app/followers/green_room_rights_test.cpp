#include "app/followers/green_room_rights.hpp"

#include <gtest/gtest.h>

#include "app/green_room.hpp"
#include "app/testing/recorded_media_test.hpp"
#include "domain/testing/show.hpp"

namespace costage::app {
namespace {

using namespace domain;
using namespace domain::testing;
using Log = std::vector<std::string>;

struct GreenRoomRightsTest : ::testing::Test {
  void follow(const Events& events) {
    here.keep(show.state);
    for (const Event& event : events) rights.follow(show.state.room.id, event, [](bool done) { EXPECT_TRUE(done); });
  }
  bool may_publish(const Actor& who, const RoomId& room) {
    here.keep(show.state);
    bool may = false;
    here.may_publish(room, on_stage_as(who.user), {}, [&](bool answer) { may = answer; });
    return may;
  }
  Show show;
  RoomsHere here;
  testing::RecordedMedia media;
  GreenRoomRights rights{media, here};
};

TEST_F(GreenRoomRightsTest, EndWithThePlaceOnStage) {
  show.go_live();
  show.bring_on_stage(kGuest);
  follow(show.history);
  show(LeaveStage{kGuest});
  follow(show.last);
  EXPECT_EQ(media.take(), Log{}) << "who left may come back";
  EXPECT_EQ(show.open_lease(kGuest), "");
  show(RemoveFromStage{kHost, kGuest.user});
  follow(show.last);
  EXPECT_EQ(media.take(), (Log{"take guest from greenroom_room1"}));
}

TEST_F(GreenRoomRightsTest, EndWithAPlaceThatIsTakenBackAndWithTheShow) {
  const auto id = show.invite(kGuest);
  show(AcceptInvitation{kGuest, id});
  show(RemoveFromStage{kHost, kGuest.user});
  const Events revoked = show.last;
  show(AcceptInvitation{kGuest, show.invite(kGuest)});
  follow(revoked);
  EXPECT_EQ(media.take(), Log{}) << "invited anew by now";
  show(RemoveFromStage{kHost, kGuest.user});
  follow(show.last);
  show(StopRoom{kHost});
  follow(show.last);
  EXPECT_EQ(media.take(), (Log{"take guest from greenroom_room1", "close greenroom_room1"}));
}

// S-089: not even with a token that somebody else has made.
TEST_F(GreenRoomRightsTest, NobodyElsePublishesThere) {
  const RoomId green = green_room_of(show.state.room.id);
  EXPECT_TRUE(may_publish(kHost, green));
  EXPECT_FALSE(may_publish(kGuest, green));
  const auto id = show.invite(kGuest);
  EXPECT_FALSE(may_publish(kGuest, green)) << "not accepted yet";
  show(AcceptInvitation{kGuest, id});
  EXPECT_TRUE(may_publish(kGuest, green));
  EXPECT_FALSE(may_publish(kGuest, show.state.room.id)) << "not on stage";
  show(StopRoom{kHost});
  EXPECT_FALSE(may_publish(kHost, green));
  EXPECT_FALSE(may_publish(kHost, green_room_of(RoomId{"none"})));
}

}  // namespace
}  // namespace costage::app
