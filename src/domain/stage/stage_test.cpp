#include "domain/stage/stage.hpp"

#include <gtest/gtest.h>

#include "domain/limits.hpp"
#include "domain/testing/show.hpp"

namespace costage::domain {
namespace {

using namespace testing;

TEST(Lease, OpensForTheHostAndForAcceptedInvitationsOnly) {  // S-053, S-054, S-055, S-061
  Show show;
  show.go_live();
  EXPECT_EQ(show.open_lease(kGuest), "not_invited");
  const auto first = show.invite(kGuest);
  EXPECT_EQ(show.open_lease(kGuest), "invitation_pending");
  EXPECT_EQ(show(CancelInvitation{kHost, first}), "");
  EXPECT_EQ(show.open_lease(kGuest), "invitation_cancelled");
  const auto second = show.invite(kGuest);
  EXPECT_EQ(show(RejectInvitation{kGuest, second}), "");
  EXPECT_EQ(show.open_lease(kGuest), "invitation_rejected");
  show.now += 30s;
  show.invite(kGuest);
  show.now += 60s;
  EXPECT_EQ(show.open_lease(kGuest), "invitation_expired");
  EXPECT_EQ(show(AcceptInvitation{kGuest, show.invite(kGuest)}), "");
  EXPECT_EQ(show.open_lease(kGuest), "");
}

TEST(Lease, CoHostsNeedALiveRoom) {  // S-056
  Show show;
  EXPECT_EQ(show(AcceptInvitation{kGuest, show.invite(kGuest)}), "");
  EXPECT_EQ(show.open_lease(kGuest), "room_not_live");
  show.go_live();
  EXPECT_EQ(show(StopRoom{kHost}), "");
  EXPECT_EQ(show.open_lease(kGuest), "room_ended");
  EXPECT_EQ(show.open_lease(kHost), "room_ended") << "a stopped room does not restart (N-004)";
}

// A laptop that slept through its seat's end must not go on air by itself.
TEST(Lease, ReclaimingTakesTheLivingLeaseAndNeverANewOne) {
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  const LeaseId held = show.seat(kGuest)->lease;
  EXPECT_EQ(show(OpenLease{kGuest, LeaseId{"new"}, held}), "");
  EXPECT_EQ(show.seat(kGuest)->lease, held);
  EXPECT_EQ(show(OpenLease{kGuest, LeaseId{"new"}, LeaseId{"other"}}), "seat_lost");
  EXPECT_EQ(show(LeaveStage{kGuest}), "");
  EXPECT_EQ(show(OpenLease{kGuest, LeaseId{"new"}, held}), "seat_lost");
  EXPECT_EQ(show.seat(kGuest), nullptr);
}

TEST(Lease, AcceptingAloneIsNotOnStage) {  // S-057, D16
  Show show;
  show.go_live();
  EXPECT_EQ(show(AcceptInvitation{kGuest, show.invite(kGuest)}), "");
  EXPECT_EQ(show.seat(kGuest), nullptr);
  EXPECT_EQ(show.open_lease(kGuest), "");
  EXPECT_EQ(show.seat(kGuest)->state, SeatState::preparing);  // S-058
  show.connect(kGuest);
  EXPECT_EQ(show.seat(kGuest)->state, SeatState::on_air);  // S-060
  EXPECT_EQ(show.seat(kHost)->state, SeatState::on_air);
}

TEST(Lease, AskingAgainKeepsTheLivingLease) {
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  const Seat before = *show.seat(kGuest);
  EXPECT_EQ(show.open_lease(kGuest), "");
  EXPECT_EQ(*show.seat(kGuest), before);
  EXPECT_TRUE(show.last.empty());
}

TEST(Lease, WhoNeverConnectsLosesTheSeat) {
  Show show;
  show.go_live();
  EXPECT_EQ(show(AcceptInvitation{kGuest, show.invite(kGuest)}), "");
  EXPECT_EQ(show.open_lease(kGuest), "");
  show.now += limits::kPrepareTime - 1s;
  EXPECT_EQ(show.open_lease(kGuest), "") << "asking again gives more time";
  show.now += limits::kPrepareTime;
  EXPECT_EQ(show(TimePassed{}), "");
  EXPECT_EQ(show.seat(kGuest), nullptr);
  EXPECT_EQ(show.status(), RoomStatus::live);
}

TEST(Stage, HasItsLimit) {  // D17
  Show show;
  UpdateRoom one{show.state.room};
  one.actor = kHost;
  one.policies.max_co_hosts = 1;
  EXPECT_EQ(show(one), "");
  show.go_live();
  const auto guest = show.invite(kGuest);
  const auto other = show.invite(kOther);
  EXPECT_EQ(show(AcceptInvitation{kGuest, guest}), "");
  EXPECT_EQ(show(AcceptInvitation{kOther, other}), "");
  EXPECT_EQ(show.open_lease(kGuest), "");
  EXPECT_EQ(show.open_lease(kOther), "stage_full");
  EXPECT_EQ(show(show.invite_command({UserId{"third"}, "T", false}, InvitationId{"x"})), "stage_full");
  EXPECT_EQ(show(LeaveStage{kGuest}), "");
  EXPECT_EQ(show.open_lease(kOther), "");
}

TEST(Stage, LimitIsNotSetBelowWhoIsThere) {
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  show.bring_on_stage(kOther);
  UpdateRoom one{show.state.room};
  one.actor = kHost;
  one.policies.max_co_hosts = 1;
  EXPECT_EQ(show(one), "invalid_request");
}

TEST(Stage, LeavingFreesTheSeatAndReturningGetsAHigherEpoch) {  // S-063, S-065, N-029
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  const Seat before = *show.seat(kGuest);
  EXPECT_EQ(show(LeaveStage{kGuest}), "");
  EXPECT_EQ(show.seat(kGuest), nullptr);
  EXPECT_EQ(show.status(), RoomStatus::live);
  EXPECT_FALSE(lease_is_alive(show.state.stage, kGuest.user, before.lease));
  EXPECT_EQ(show(LeaveStage{kGuest}), "not_on_stage");
  EXPECT_EQ(show.open_lease(kGuest), "");
  EXPECT_GT(show.seat(kGuest)->epoch, before.epoch);
  EXPECT_NE(show.seat(kGuest)->lease, before.lease);
  EXPECT_EQ(show.seat(kGuest)->camera, Device::off) << "nothing stale";
}

TEST(Stage, WhoWasRemovedHasToBeInvitedAgain) {  // S-004, S-066, D13
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  const LeaseId lease = show.seat(kGuest)->lease;
  EXPECT_EQ(show(RemoveFromStage{kGuest, kHost.user}), "not_permitted");
  EXPECT_EQ(show(RemoveFromStage{kHost, kGuest.user}), "");
  EXPECT_FALSE(lease_is_alive(show.state.stage, kGuest.user, lease));
  EXPECT_EQ(show.open_lease(kGuest), "not_invited");
  EXPECT_EQ(show(DevicesChanged{kGuest.user, Device::off, Device::on, true}), "") << "no seat: nothing happens";
  EXPECT_EQ(show.seat(kGuest), nullptr);
  show.bring_on_stage(kGuest);
  EXPECT_EQ(show(RemoveFromStage{kHost, kOther.user}), "not_on_stage");
}

TEST(Stage, CoHostsConnectionLossTouchesNobodyElse) {  // S-068, S-069, S-071
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  EXPECT_EQ(show(MediaInterrupted{kGuest.user}), "");
  EXPECT_EQ(show.seat(kGuest)->state, SeatState::reconnecting);
  EXPECT_EQ(show.status(), RoomStatus::live);
  EXPECT_EQ(show(MediaJoined{kGuest.user, {}}), "") << "the interrupted connection itself resumes";
  EXPECT_EQ(show.seat(kGuest)->state, SeatState::on_air);
  EXPECT_EQ(show.seat(kGuest)->camera, Device::on);
  EXPECT_EQ(show(MediaLeft{kGuest.user}), "");
  EXPECT_EQ(show(MediaJoined{kGuest.user, {}}), "") << "a new connection as viewer is not the co-host";
  EXPECT_EQ(show.seat(kGuest)->state, SeatState::reconnecting);
  show.now += 60s;
  EXPECT_EQ(show(TimePassed{}), "");
  EXPECT_EQ(show.seat(kGuest), nullptr);
  EXPECT_EQ(std::get<StageChange>(show.last.at(0).data).reason, LeaveReason::timeout);
  EXPECT_EQ(show.open_lease(kGuest), "") << "the same invitation brings them back (S-074)";
}

TEST(Stage, AnInterruptionThatBecomesADepartureKeepsItsDeadline) {
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  EXPECT_EQ(show(MediaInterrupted{kGuest.user}), "");
  const auto deadline = show.seat(kGuest)->release_at;
  show.now += 20s;
  EXPECT_EQ(show(MediaLeft{kGuest.user}), "");
  EXPECT_EQ(show.seat(kGuest)->release_at, deadline);
}

TEST(Stage, EverybodySeesWhoIsMuted) {  // S-082
  Show show;
  show.go_live();
  EXPECT_EQ(show(DevicesChanged{kHost.user, Device::muted, Device::on, true}), "");
  EXPECT_EQ(show.seat(kHost)->microphone, Device::muted);
  EXPECT_EQ(show.last.at(0).type, EventType::stage_media_changed);
  EXPECT_EQ(show(DevicesChanged{kHost.user, Device::muted, Device::on, true}), "");
  EXPECT_TRUE(show.last.empty()) << "no change, no event";
}

TEST(Stage, SilenceIsNotOnAir) {
  Show show;
  EXPECT_EQ(show.open_lease(kHost), "");
  EXPECT_EQ(show(MediaJoined{kHost.user, show.seat(kHost)->lease}), "");
  EXPECT_EQ(show(DevicesChanged{kHost.user, Device::muted, Device::off, false}), "");
  EXPECT_EQ(show.seat(kHost)->microphone, Device::muted);
  EXPECT_EQ(show.seat(kHost)->state, SeatState::preparing);
  EXPECT_EQ(show.status(), RoomStatus::idle);
  EXPECT_EQ(show(DevicesChanged{kHost.user, Device::on, Device::off, true}), "");
  EXPECT_EQ(show.last.at(0).type, EventType::stage_joined);
  EXPECT_EQ(show.status(), RoomStatus::live);
}

TEST(Stage, DevicesOfAnInterruptedConnectionDoNotResumeIt) {
  Show show;
  show.go_live();
  EXPECT_EQ(show(MediaInterrupted{kHost.user}), "");
  EXPECT_EQ(show(DevicesChanged{kHost.user, Device::on, Device::on, true}), "");
  EXPECT_EQ(show.seat(kHost)->microphone, Device::on);
  EXPECT_EQ(show.seat(kHost)->state, SeatState::reconnecting);
  EXPECT_EQ(show.status(), RoomStatus::waiting_reconnect);
}

TEST(Stage, HostIsFirst) {
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  show.bring_on_stage(kOther);
  EXPECT_EQ(show(LeaveStage{kHost}), "");
  EXPECT_EQ(show.open_lease(kHost), "");
  ASSERT_EQ(show.state.stage.seats.size(), 3u);
  EXPECT_EQ(show.state.stage.seats[0].user, kHost.user);
  EXPECT_EQ(show.state.stage.seats[1].user, kGuest.user);
}

TEST(Devices, OfOthersAreSwitchedOffAndAskedOn) {  // S-082
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  const TrackSources microphone{.microphone = true};
  EXPECT_EQ(show(SwitchOff{kHost, kGuest.user, microphone}), "");
  EXPECT_EQ(show.last.at(0).type, EventType::stage_switched_off);
  EXPECT_EQ(std::get<StageChange>(show.last.at(0).data).sources, microphone);
  EXPECT_EQ(show(AskToSwitchOn{kHost, kGuest.user, microphone}), "");
  EXPECT_EQ(*subject(show.last.at(0)), kGuest.user) << "between the two of them";
  EXPECT_EQ(show(SwitchOff{kHost, kGuest.user, {}}), "invalid_request");
  EXPECT_EQ(show(SwitchOff{kGuest, kHost.user, microphone}), "not_permitted");
  EXPECT_EQ(show(SwitchOff{kHost, kOther.user, microphone}), "not_on_stage");
}

TEST(Permissions, AreGivenByTheHostAndEndWithTheSeat) {  // S-012
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  show.bring_on_stage(kOther);
  Invite invite = show.invite_command({UserId{"new"}, "Nina"}, InvitationId{"i"});
  invite.actor = kGuest;
  EXPECT_EQ(show(invite), "not_permitted");
  EXPECT_EQ(show(SetPermissions{kGuest, kGuest.user, {.invite = true}}), "not_permitted");
  EXPECT_EQ(show(SetPermissions{kHost, kHost.user, {.invite = true}}), "not_permitted");
  EXPECT_EQ(show(SetPermissions{kHost, kGuest.user, {.invite = true}}), "");
  EXPECT_EQ(show(SetPermissions{kHost, kGuest.user, {.invite = true}}), "");
  EXPECT_TRUE(show.last.empty()) << "nothing changed";
  EXPECT_EQ(show(invite), "");
  EXPECT_EQ(show.state.invitations.find(InvitationId{"i"})->inviter_name, "Gus") << "who asked them is said";
  EXPECT_EQ(show(RemoveFromStage{kGuest, kOther.user}), "not_permitted");
  EXPECT_EQ(show(SetPermissions{kHost, kGuest.user, {.moderate = true}}), "");
  EXPECT_EQ(show(SwitchOff{kGuest, kHost.user, {.camera = true}}), "not_permitted") << "not the host's";
  EXPECT_EQ(show(RemoveFromStage{kGuest, kHost.user}), "not_permitted");
  EXPECT_EQ(show(RemoveFromStage{kGuest, kOther.user}), "");
  EXPECT_EQ(show(LeaveStage{kGuest}), "");
  EXPECT_EQ(show.open_lease(kGuest), "");
  EXPECT_EQ(show.seat(kGuest)->permissions, StagePermissions{});
}

}  // namespace
}  // namespace costage::domain
