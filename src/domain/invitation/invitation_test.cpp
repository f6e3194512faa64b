#include "domain/invitation/invitation.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "domain/green_room.hpp"
#include "domain/limits.hpp"
#include "domain/testing/show.hpp"

namespace costage::domain {
namespace {

using namespace testing;

TEST(InvitationStatuses, OnlyPendingMoves) {  // S-039
  for (InvitationStatus from : all_invitation_statuses())
    for (InvitationStatus to : all_invitation_statuses())
      EXPECT_EQ(may_become(from, to), from == InvitationStatus::pending && to != from) << name(from) << name(to);
}

TEST(Invitation, StartsPendingWithTheRoomsTimeToLive) {  // S-021, S-028, S-049
  Show show;
  const auto id = show.invite(kGuest);
  const Invitation& invitation = *show.state.invitations.find(id);
  EXPECT_EQ(invitation.status, InvitationStatus::pending);
  EXPECT_EQ(invitation.expires_at, show.now + 60s);
  EXPECT_EQ(invitation.inviter_name, "Hanna");
  EXPECT_EQ(invitation.room_title, "Evening sale");
}

TEST(Invitation, TimeToLiveIsBetween10And300Seconds) {  // D9
  Show show;
  Invite invite = show.invite_command(kGuest, InvitationId{"a"});
  for (auto [ttl, refusal] : {std::pair{9s, "invalid_request"}, {301s, "invalid_request"}, {10s, ""}}) {
    invite.ttl = ttl;
    EXPECT_EQ(show(invite), refusal) << ttl.count();
  }
  EXPECT_EQ(show.state.invitations.find(InvitationId{"a"})->expires_at, show.now + 10s);
}

class WhoMayBeInvited : public ::testing::Test {
 protected:
  void SetUp() override { show.go_live(); }
  std::string with(std::function<void(Invite&)> change) {
    Invite invite = show.invite_command(kGuest, InvitationId{"a"});
    change(invite);
    const auto refusal = why_not_invite(show.state, invite, show.now);
    return refusal ? std::string(info(refusal->code).name) : "";
  }
  void set(std::function<void(Policies&)> change) {
    UpdateRoom update{show.state.room, kHost};
    change(update.policies);
    EXPECT_EQ(show(update), "");
  }
  Show show;
};

TEST_F(WhoMayBeInvited, NotWhoIsBlockedOrTakesNone) {  // S-023
  EXPECT_EQ(with([](Invite&) {}), "");
  EXPECT_EQ(with([](Invite& i) { i.blocked = true; }), "invitee_blocked");
  EXPECT_EQ(with([](Invite& i) { i.available = false; }), "invitee_unavailable");
}

TEST_F(WhoMayBeInvited, OnlyWhoAskedWhereTheRoomSaysSo) {
  set([](Policies& p) { p.invite_requesters_only = true; });
  EXPECT_EQ(with([](Invite&) {}), "invitee_did_not_ask");
  EXPECT_EQ(show(AskToJoin{kGuest, RequestId{"q"}, ""}), "");
  EXPECT_EQ(with([](Invite&) {}), "");
}

TEST_F(WhoMayBeInvited, OnlyNewEnoughClients) {  // S-032
  set([](Policies& p) { p.min_client_version = "8.7.2"; });
  EXPECT_EQ(with([](Invite&) {}), "client_too_old");
  EXPECT_EQ(with([](Invite& i) { i.readiness.client_version = "8.7.1"; }), "client_too_old");
  EXPECT_EQ(with([](Invite& i) { i.readiness.client_version = "8.10"; }), "");
  UpdateRoom update{show.state.room, kHost};
  update.policies.min_client_version = "new";
  EXPECT_EQ(show(update), "invalid_request");
}

TEST_F(WhoMayBeInvited, OnlyWhoIsReadyWhereTheRoomSaysSo) {  // S-033, S-096
  set([](Policies& p) { p.invitees_must_be_ready = true; });
  using enum DeviceReadiness;
  const auto devices = [&](DeviceReadiness camera, DeviceReadiness microphone) {
    return with([=](Invite& i) { i.readiness.camera = camera, i.readiness.microphone = microphone; });
  };
  EXPECT_EQ(devices(ready, ready), "");
  EXPECT_EQ(devices(ready, silent), "") << "they say nothing at the moment";
  for (DeviceReadiness no : {unknown, off, blocked, missing}) {
    EXPECT_EQ(devices(no, ready), "camera_off");
    EXPECT_EQ(devices(ready, no), "microphone_off");
  }
}

TEST(Invitation, AnswersOnlyWhilePending) {  // S-036, S-037, S-052
  Show show;
  const auto id = show.invite(kGuest);
  EXPECT_EQ(show(AcceptInvitation{kGuest, id}), "");
  EXPECT_EQ(show(AcceptInvitation{kGuest, id}), "invitation_already_accepted");
  EXPECT_EQ(show(RejectInvitation{kGuest, id}), "invitation_already_accepted");
  EXPECT_EQ(show(CancelInvitation{kHost, id}), "invitation_already_accepted");
  const auto second = show.invite(kOther);
  EXPECT_EQ(show(CancelInvitation{kHost, second}), "");
  EXPECT_EQ(show(AcceptInvitation{kOther, second, show.past(kOther)}), "invitation_cancelled");
  EXPECT_EQ(show(AcceptInvitation{kOther, second}), "invitation_not_found");
}

TEST(Invitation, IsDeadAfterItsTimeBeforeAnybodyMarkedIt) {  // S-028, S-030, D9
  Show show;
  const auto id = show.invite(kGuest);
  show.now += 60s;
  EXPECT_EQ(show.status(id), InvitationStatus::pending) << "nobody has marked it yet";
  EXPECT_EQ(show(AcceptInvitation{kGuest, id}), "invitation_expired");
  EXPECT_EQ(show(CancelInvitation{kHost, id}), "invitation_expired");
  EXPECT_EQ(show(TimePassed{}), "");
  EXPECT_EQ(show.status(id), InvitationStatus::expired);
}

TEST(Invitation, IsGoodUntilTheLastMillisecond) {
  Show show;
  const auto id = show.invite(kGuest);
  show.now += 60s - 1ms;
  EXPECT_EQ(show(TimePassed{}), "");
  EXPECT_EQ(show(AcceptInvitation{kGuest, id}), "");
}

TEST(Invitation, InvitingAgainWhilePendingRenewsIt) {  // S-024
  Show show;
  const auto id = show.invite(kGuest);
  show.now += 40s;
  EXPECT_EQ(show(show.invite_command(kGuest, InvitationId{"unused"})), "");
  EXPECT_EQ(show.last.at(0).type, EventType::invitation_resent);
  EXPECT_EQ(show.state.invitations.find(id)->expires_at, show.now + 60s);
  show.now += 10s;
  EXPECT_EQ(show(ResendInvitation{kHost, id}), "");
  EXPECT_EQ(show.state.invitations.find(id)->expires_at, show.now + 60s);
}

TEST(Invitation, OnlyItsOwnPeopleActOnIt) {  // S-002, S-003, S-009, S-011
  Show show;
  const auto id = show.invite(kGuest);
  EXPECT_EQ(show(AcceptInvitation{kOther, id}), "not_permitted");
  EXPECT_EQ(show(AcceptInvitation{kHost, id}), "not_permitted");
  EXPECT_EQ(show(CancelInvitation{kGuest, id}), "not_permitted");
  EXPECT_EQ(show(ResendInvitation{kGuest, id}), "not_permitted");
  Invite by_guest = show.invite_command(kOther, InvitationId{"x"});
  by_guest.actor = kGuest;
  EXPECT_EQ(show(by_guest), "not_permitted");
  EXPECT_EQ(show(AcceptInvitation{kGuest, InvitationId{"nothing"}}), "invitation_not_found");
  EXPECT_EQ(show(CancelInvitation{kAdmin, id}), "");
}

TEST(Invitation, WrongInviteesAreNamed) {  // S-022
  Show show;
  Invite unknown = show.invite_command(kGuest, InvitationId{"x"});
  unknown.invitee_name.reset();
  EXPECT_EQ(show(unknown), "user_unknown");
  EXPECT_EQ(show(show.invite_command(kHost, InvitationId{"x"})), "invitee_is_host");
  show.go_live();
  show.bring_on_stage(kGuest);
  EXPECT_EQ(show(show.invite_command(kGuest, InvitationId{"x"})), "already_on_stage");
}

TEST(Invitation, WhileLiveOnlyWatchersAreInvited) {  // S-016, S-027, D7
  Show show;
  EXPECT_EQ(show(show.invite_command(kGuest, InvitationId{"early"}, false)), "") << "before the show anybody";
  show.go_live();
  EXPECT_EQ(show(show.invite_command(kOther, InvitationId{"x"}, false)), "invitee_not_watching");
  UpdateRoom open{show.state.room};
  open.actor = kHost;
  open.policies.invite_watchers_only = false;
  EXPECT_EQ(show(open), "");
  EXPECT_EQ(show(show.invite_command(kOther, InvitationId{"x"}, false)), "");
}

TEST(Invitation, WaitsAfterADecline) {  // S-025, requirements part 3
  Show show;
  EXPECT_EQ(show(RejectInvitation{kGuest, show.invite(kGuest)}), "");
  show.now += 29s;
  EXPECT_EQ(show(show.invite_command(kGuest, InvitationId{"x"})), "cooling_down");
  show.now += 1s;
  EXPECT_EQ(show(RejectInvitation{kGuest, show.invite(kGuest)}), "");
  show.now += 299s;
  EXPECT_EQ(show(show.invite_command(kGuest, InvitationId{"x"})), "cooling_down") << "the second decline counts more";
  EXPECT_EQ(show(show.invite_command(kOther, InvitationId{"y"})), "") << "the pair, not the room";
  show.now += 1s;
  EXPECT_EQ(show(show.invite_command(kGuest, InvitationId{"x"})), "");
}

TEST(Invitation, AtMostFivePendingPerRoomAndThreePerInvitee) {
  Show show;
  for (int i = 0; i < 5; ++i) show.invite({UserId{"user" + std::to_string(i)}, "U", false});
  EXPECT_EQ(show(show.invite_command(kGuest, InvitationId{"x"})), "too_many_pending");
  show.now += 60s;
  Invite invite = show.invite_command(kGuest, InvitationId{"x"});
  invite.pending_elsewhere = 3;
  EXPECT_EQ(show(invite), "too_many_pending");
  invite.pending_elsewhere = 2;
  EXPECT_EQ(show(invite), "") << "those that ran out do not count, marked or not";
}

TEST(Invitation, AtMostTenAMinutePerRoom) {
  Show show;
  const auto id = show.invite(kGuest);
  for (int i = 0; i < 9; ++i) EXPECT_EQ(show(ResendInvitation{kHost, id}), "");
  const auto refused = decide(show.state, ResendInvitation{kHost, id}, show.now + 20s);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(), (Refusal{Code::rate_limited, 40s}));
  show.now += 59s;
  EXPECT_EQ(show(show.invite_command(kOther, InvitationId{"x"})), "rate_limited");
  show.now += 1s;
  EXPECT_EQ(show(show.invite_command(kOther, InvitationId{"x"})), "");
}

TEST(Invitation, NothingStaysPendingWhenTheShowEnds) {
  Show show;
  const auto id = show.invite(kGuest);
  EXPECT_EQ(show(StopRoom{kHost}), "");
  EXPECT_EQ(show.status(id), InvitationStatus::cancelled);
  EXPECT_EQ(show(AcceptInvitation{kGuest, id, show.past(kGuest)}), "room_ended");
  EXPECT_EQ(show(show.invite_command(kOther, InvitationId{"x"})), "room_ended");
}

TEST(Invitations, AreHeldAsLongAsTheyMatter) {
  Show show;
  show.go_live();
  const auto held = [&] { return show.state.invitations.newest.size(); };
  EXPECT_EQ(show(CancelInvitation{kHost, show.invite(kOther)}), "");
  EXPECT_EQ(held(), 0u);
  EXPECT_EQ(show(RejectInvitation{kOther, show.invite(kOther)}), "");
  EXPECT_EQ(held(), 1u) << "cooling down";
  show.now += 30s;
  show.bring_on_stage(kGuest);
  EXPECT_EQ(held(), 1u) << "the guest's";
  EXPECT_EQ(show(LeaveStage{kGuest}), "");
  EXPECT_EQ(held(), 1u) << "may come back";
  EXPECT_EQ(show.open_lease(kGuest), "");
  EXPECT_EQ(show(RemoveFromStage{kHost, kGuest.user}), "");
  EXPECT_EQ(held(), 0u);
}

TEST(Invitations, ADeclineIsCountedAlsoWhenItIsNotHeld) {  // S-025
  Show show;
  EXPECT_EQ(show(RejectInvitation{kGuest, show.invite(kGuest)}), "");
  show.now += 30s;
  show.invite(kOther);
  ASSERT_EQ(show.state.invitations.newest_for(kGuest.user), nullptr);
  Invite again = show.invite_command(kGuest, InvitationId{"again"});
  again.declines = show.past(kGuest)->declines;
  EXPECT_EQ(show(again), "");
  EXPECT_EQ(show(RejectInvitation{kGuest, InvitationId{"again"}}), "");
  EXPECT_EQ(show.state.invitations.newest_for(kGuest.user)->declines, 2);
  show.now += 299s;
  EXPECT_EQ(show(show.invite_command(kGuest, InvitationId{"too soon"})), "cooling_down");
}

TEST(Invitations, OfVeryManyTheOldestGoButNobodyOnStage) {
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  for (std::size_t i = 0; i < limits::kInvitationsHeld + 5; ++i) {
    const Actor viewer{UserId{"viewer" + std::to_string(i)}, "Viewer"};
    show.now += 10s;
    EXPECT_EQ(show(AcceptInvitation{viewer, show.invite(viewer)}), "");
  }
  EXPECT_EQ(show.state.invitations.newest.size(), limits::kInvitationsHeld);
  EXPECT_NE(show.state.invitations.newest_for(kGuest.user), nullptr);
  EXPECT_EQ(show.state.invitations.newest_for(UserId{"viewer0"}), nullptr);
  EXPECT_EQ(show.open_lease({UserId{"viewer0"}, "V"}), "not_invited");
}

// ---- the call to the stage, and places that are taken back ----

class PlaceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    show.go_live();
    id = show.invite(kGuest);
    EXPECT_EQ(show(CallToStage{kHost, id}), "invitation_pending");
    EXPECT_EQ(show(AcceptInvitation{kGuest, id}), "");
  }
  const Invitation& invitation() const { return *show.state.invitations.find(id); }
  Show show;
  InvitationId id;
};

TEST_F(PlaceTest, TheHostCallsWhoAccepted) {
  EXPECT_EQ(show(CallToStage{kGuest, id}), "not_permitted");
  EXPECT_EQ(show(CallToStage{kHost, id}), "");
  EXPECT_EQ(invitation().called_for, show.now + 3s);
  EXPECT_EQ(show(CallToStage{kHost, id}), "rate_limited");
  show.now += 10s;
  EXPECT_EQ(show(CallToStage{kHost, id}), "");
  EXPECT_EQ(show.open_lease(kGuest), "");
  EXPECT_FALSE(invitation().called_for) << "they came";
  EXPECT_EQ(show(CallToStage{kHost, id}), "already_on_stage");
  EXPECT_EQ(show(LeaveStage{kGuest}), "");
  EXPECT_EQ(show(CallToStage{kHost, id}), "") << "who left may be wanted back";
}

TEST_F(PlaceTest, IsTakenBackBeforeAnybodyTookIt) {
  EXPECT_EQ(show(RemoveFromStage{kGuest, kGuest.user}), "not_permitted");
  EXPECT_EQ(show(RemoveFromStage{kHost, kGuest.user}), "");
  EXPECT_EQ(show.last.at(0).type, EventType::invitation_revoked);
  EXPECT_EQ(show.open_lease(kGuest), "not_invited");
  EXPECT_EQ(show(RemoveFromStage{kHost, kGuest.user}), "not_on_stage");
  EXPECT_EQ(show(CallToStage{kHost, id}), "invitation_not_found") << "not held in mind";
  EXPECT_EQ(show(CallToStage{{kHost, id, show.past(kGuest)}}), "invitation_cancelled");
  show.invite(kGuest);
}

TEST_F(PlaceTest, OpensTheGreenRoom) {
  const auto refusal = [&](const Actor& who) {
    const auto why = why_not_green_room(show.state, who, show.past(who), show.now);
    return why ? std::string(info(why->code).name) : "";
  };
  EXPECT_EQ(refusal(kHost), "");
  EXPECT_EQ(refusal(kGuest), "");
  EXPECT_EQ(refusal(kOther), "not_invited");
  show.invite(kOther);
  EXPECT_EQ(refusal(kOther), "invitation_pending") << "first comes the answer";
  EXPECT_EQ(show(RemoveFromStage{kHost, kGuest.user}), "");
  EXPECT_EQ(refusal(kGuest), "not_invited");
  EXPECT_EQ(show(StopRoom{kHost}), "");
  EXPECT_EQ(refusal(kHost), "room_ended");
}

}  // namespace
}  // namespace costage::domain
