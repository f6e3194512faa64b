// D12: who stands in when the host is gone.
#include <gtest/gtest.h>

#include "domain/permission.hpp"
#include "domain/testing/show.hpp"

namespace costage::domain {
namespace {

using namespace testing;

class Succession : public ::testing::Test {
 protected:
  void SetUp() override {
    show.go_live();
    show.bring_on_stage(kGuest);
    EXPECT_EQ(show(NameSuccessor{kHost, kGuest.user}), "");
  }
  std::optional<UserId> acting() const { return show.state.room.acting_host; }
  bool has_hosts_rights(const Actor& who) const { return permitted(show.state, who, Action::update_room); }
  void lose_host() { EXPECT_EQ(show(MediaLeft{kHost.user}), ""); }
  void let_grace_pass() {
    show.now = *show.state.room.reconnect_by;
    EXPECT_EQ(show(TimePassed{}), "");
  }
  Show show;
};

TEST_F(Succession, OnlySomebodyOnStageIsNamed) {
  EXPECT_EQ(show(NameSuccessor{kHost, kOther.user}), "not_on_stage");
  EXPECT_EQ(show(NameSuccessor{kHost, kHost.user}), "invitee_is_host");
  EXPECT_EQ(show(NameSuccessor{kGuest, kGuest.user}), "not_permitted");
  EXPECT_EQ(show(NameSuccessor{kHost, {}}), "");
  EXPECT_FALSE(show.state.room.successor);
}

TEST_F(Succession, StandsInAtOnceAndEndsNothingBeforeTheGrace) {
  EXPECT_FALSE(acting());
  lose_host();
  EXPECT_EQ(show.status(), RoomStatus::waiting_reconnect);
  EXPECT_EQ(acting(), kGuest.user);
  EXPECT_TRUE(has_hosts_rights(kGuest));
  EXPECT_EQ(show(StopRoom{kGuest}), "host_may_return");
  show.invite(kOther);
  let_grace_pass();
  EXPECT_EQ(show.status(), RoomStatus::live) << "the show goes on";
  EXPECT_EQ(acting(), kGuest.user);
  EXPECT_EQ(show.seat(kHost), nullptr);
  EXPECT_EQ(show(StopRoom{kGuest}), "");
  EXPECT_FALSE(acting());
}

TEST_F(Succession, TheHostIsBackWithinTheGrace) {
  lose_host();
  show.connect(kHost);
  EXPECT_EQ(show.status(), RoomStatus::live);
  EXPECT_FALSE(acting());
  EXPECT_FALSE(has_hosts_rights(kGuest));
}

TEST_F(Succession, TheHostTakesBackLater) {
  lose_host();
  let_grace_pass();
  EXPECT_EQ(show.open_lease(kHost), "");
  EXPECT_EQ(acting(), kGuest.user) << "getting ready is not there yet";
  show.connect(kHost);
  EXPECT_FALSE(acting());
  EXPECT_EQ(show.status(), RoomStatus::live);
}

TEST_F(Succession, WhoStandsInMayBeLostToo) {
  lose_host();
  let_grace_pass();
  EXPECT_EQ(show(MediaLeft{kGuest.user}), "");
  EXPECT_EQ(show.status(), RoomStatus::waiting_reconnect);
  let_grace_pass();
  EXPECT_EQ(show.status(), RoomStatus::ended);
}

TEST_F(Succession, WhoStandsInComesBack) {
  lose_host();
  let_grace_pass();
  EXPECT_EQ(show(MediaLeft{kGuest.user}), "");
  show.connect(kGuest);
  EXPECT_EQ(show.status(), RoomStatus::live);
  EXPECT_EQ(acting(), kGuest.user);
}

TEST_F(Succession, BothAreGoneWithinTheGrace) {
  lose_host();
  EXPECT_EQ(show(LeaveStage{kGuest}), "");
  EXPECT_FALSE(has_hosts_rights(kGuest)) << "from the stage alone";
  let_grace_pass();
  EXPECT_EQ(show.status(), RoomStatus::ended);
}

TEST_F(Succession, WhoIsNotOnAirDoesNotStandIn) {
  EXPECT_EQ(show(MediaLeft{kGuest.user}), "");
  lose_host();
  EXPECT_FALSE(acting());
  show.now = *show.state.room.reconnect_by;
  EXPECT_EQ(show(TimePassed{}), "");
  EXPECT_EQ(show.status(), RoomStatus::ended);
}

TEST_F(Succession, AHostWhoStepsOffLeavesItToThem) {
  EXPECT_EQ(show(LeaveStage{kHost}), "");
  EXPECT_EQ(acting(), kGuest.user);
  let_grace_pass();
  EXPECT_EQ(show.status(), RoomStatus::live);
  EXPECT_EQ(show(RemoveFromStage{kHost, kGuest.user}), "") << "the host may still take them off";
  EXPECT_EQ(show.status(), RoomStatus::waiting_reconnect);
}

}  // namespace
}  // namespace costage::domain
