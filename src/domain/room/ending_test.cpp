// Shows that end by themselves, and what a second window of the same person may do.
#include <gtest/gtest.h>

#include "domain/testing/show.hpp"

namespace costage::domain {
namespace {

using namespace testing;

class EndingTest : public ::testing::Test {
 protected:
  std::string set(const std::function<void(Policies&)>& change) {
    UpdateRoom update{show.state.room, kHost};
    change(update.policies);
    return show(update);
  }
  void set_quiet_limit(std::chrono::seconds limit) {
    EXPECT_EQ(set([&](Policies& p) { p.quiet_limit = limit; }), "");
  }
  void sends(const Actor& who, Device camera, Device screen = Device::off) {
    const bool any = camera == Device::on || screen == Device::on;
    EXPECT_EQ(show(DevicesChanged{who.user, Device::off, camera, any, screen}), "");
  }
  void pass(std::chrono::seconds time) {
    show.now += time;
    EXPECT_EQ(show(TimePassed{}), "");
  }
  std::optional<EndReason> why() const { return show.state.room.end_reason; }
  Show show;
};

TEST_F(EndingTest, NobodySendsForSoLong) {
  set_quiet_limit(60s);
  show.go_live();
  pass(10min);
  EXPECT_EQ(show.status(), RoomStatus::live) << "somebody is seen";
  sends(kHost, Device::muted);
  EXPECT_EQ(next_deadline(show.state), show.now + 60s);
  pass(59s);
  EXPECT_EQ(show.status(), RoomStatus::live);
  pass(1s);
  EXPECT_EQ(show.status(), RoomStatus::ended);
  EXPECT_EQ(why(), EndReason::quiet);
  EXPECT_FALSE(next_deadline(show.state));
}

TEST_F(EndingTest, WhoeverSendsEndsTheSilence) {
  set_quiet_limit(60s);
  show.go_live();
  show.bring_on_stage(kGuest);
  sends(kHost, Device::off);
  EXPECT_FALSE(show.state.room.quiet_since) << "the guest is seen";
  sends(kGuest, Device::off);
  EXPECT_TRUE(show.state.room.quiet_since);
  pass(30s);
  sends(kGuest, Device::off, Device::on);
  EXPECT_FALSE(show.state.room.quiet_since) << "a screen is something to see";
  pass(10min);
  EXPECT_EQ(show.status(), RoomStatus::live);
}

TEST_F(EndingTest, TheLimitMayComeAndGoInTheMiddleOfASilence) {
  show.go_live();
  sends(kHost, Device::off);
  EXPECT_FALSE(show.state.room.quiet_since) << "nobody asked";
  set_quiet_limit(60s);
  EXPECT_EQ(show.state.room.quiet_since, show.now);
  set_quiet_limit(0s);
  EXPECT_FALSE(show.state.room.quiet_since);
  pass(10min);
  EXPECT_EQ(show.status(), RoomStatus::live);
}

TEST_F(EndingTest, WhileTheHostIsAwayTheGraceCounts) {
  set_quiet_limit(60s);
  show.go_live();
  sends(kHost, Device::off);
  EXPECT_EQ(show(MediaLeft{kHost.user}), "");
  EXPECT_FALSE(show.state.room.quiet_since);
  pass(60s);
  EXPECT_EQ(why(), EndReason::host_gone);
}

TEST_F(EndingTest, TheLongestTime) {
  EXPECT_EQ(set([](Policies& p) { p.show_limit = 1h; }), "");
  pass(2h);
  EXPECT_EQ(show.status(), RoomStatus::idle) << "before it began nothing counts";
  show.go_live();
  EXPECT_EQ(next_deadline(show.state), show.now + 1h);
  pass(30min);
  EXPECT_EQ(set([](Policies& p) { p.show_limit = 2h; }), "") << "the host adds an hour";
  pass(1h);
  EXPECT_EQ(show.status(), RoomStatus::live);
  pass(30min);
  EXPECT_EQ(show.status(), RoomStatus::ended);
  EXPECT_EQ(why(), EndReason::longest);
}

TEST_F(EndingTest, WhoStopsItIsTheReason) {
  show.go_live();
  EXPECT_FALSE(why());
  EXPECT_EQ(show(StopRoom{kHost}), "");
  EXPECT_EQ(why(), EndReason::stopped);
}

TEST_F(EndingTest, LimitsHaveBounds) {
  EXPECT_EQ(set([](Policies& p) { p.quiet_limit = 29s; }), "invalid_request");
  EXPECT_EQ(set([](Policies& p) { p.quiet_limit = 5h; }), "invalid_request");
  EXPECT_EQ(set([](Policies& p) { p.show_limit = 59s; }), "invalid_request");
  EXPECT_EQ(set([](Policies& p) { p.show_limit = 25h; }), "invalid_request");
}

TEST_F(EndingTest, ASecondWindowReplacesTheFirstUnlessThePolicySaysNo) {
  show.go_live();
  EXPECT_EQ(show.open_lease(kHost), "");
  EXPECT_EQ(set([](Policies& p) { p.second_window = SecondWindow::refused; }), "");
  EXPECT_EQ(show.open_lease(kHost), "on_stage_elsewhere");
  const LeaseId lease = show.seat(kHost)->lease;
  EXPECT_EQ(show(OpenLease{kHost, LeaseId{"new"}, lease, {}}), "") << "the same window comes back into its place";
  EXPECT_EQ(show(MediaInterrupted{kHost.user}), "");
  EXPECT_EQ(show.open_lease(kHost), "") << "the first window is not connected";
}

}  // namespace
}  // namespace costage::domain
