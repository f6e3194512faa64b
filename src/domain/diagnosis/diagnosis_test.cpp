#include "domain/diagnosis/diagnosis.hpp"

#include <gmock/gmock.h>

#include <functional>
#include <set>

#include "domain/testing/show.hpp"

namespace costage::domain {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Findings, AllHaveACodeAndASentence) {
  std::set<std::string_view> names;
  for (const FindingInfo& one : all_findings()) {
    EXPECT_TRUE(names.insert(one.name).second) << one.name;
    EXPECT_EQ(name(one.code), one.name);
    EXPECT_FALSE(one.host.detail.empty() && one.self.detail.empty()) << one.name;
  }
}

class DiagnosisTest : public ::testing::Test {
 protected:
  Findings look(Reader reader, std::function<void(Patient&)> change = [](Patient&) {}) const {
    Patient patient;
    patient.invite = show.invite_command(kGuest, InvitationId{"x"});
    patient.invitation = newest_invitation();
    patient.drops = count_drops(show.history, kGuest.user, show.now - kDropWindow);
    if (const StageRequest* request = show.state.requests.newest_of(kGuest.user)) patient.request = *request;
    change(patient);
    return diagnose(show.state, patient, reader, show.now);
  }
  // What storage would give: as the room holds it, or as it ended.
  std::optional<Invitation> newest_invitation() const {
    if (const Invitation* held = show.state.invitations.newest_for(kGuest.user)) return *held;
    return show.past(kGuest);
  }
  // "problem:stage_full"
  static std::vector<std::string> codes(const Findings& findings) {
    std::vector<std::string> out;
    for (const Finding& one : findings)
      out.push_back(std::string{name(one.severity)} + ':' + std::string{name(one.code)});
    return out;
  }
  std::vector<std::string> host(std::function<void(Patient&)> change = [](Patient&) {}) const {
    return codes(look(Reader::host, std::move(change)));
  }
  std::vector<std::string> self(std::function<void(Patient&)> change = [](Patient&) {}) const {
    return codes(look(Reader::self, std::move(change)));
  }
  void set(std::function<void(Policies&)> change) {
    UpdateRoom update{show.state.room, kHost};
    change(update.policies);
    EXPECT_EQ(show(update), "");
  }
  Show show;
};

class InALiveShow : public DiagnosisTest {
 protected:
  void SetUp() override { show.go_live(); }
};

void leaves(Patient& patient) { patient.invite.invitee_watching = false; }

TEST_F(DiagnosisTest, BeforeTheShow) {  // S-094
  EXPECT_THAT(host(), ElementsAre("warning:room_not_live", "info:not_invited"));
  const auto id = show.invite(kGuest);
  EXPECT_EQ(show(AcceptInvitation{kGuest, id}), "");
  EXPECT_THAT(self(), ElementsAre("problem:room_not_live", "info:invitation_accepted"));
}

TEST_F(InALiveShow, WhoDoesNotWatchDoesNotSee) {  // S-093
  show.invite(kGuest);
  EXPECT_THAT(host(leaves), ElementsAre("problem:not_watching", "info:invitation_pending"));
  EXPECT_EQ(look(Reader::host).front().at, show.now + 60s);
  EXPECT_THAT(self(), ElementsAre("info:invitation_pending"));
}

TEST_F(InALiveShow, AWrongId) {  // S-093
  EXPECT_THAT(host([](Patient& p) { p.invite.invitee_name.reset(); }), ElementsAre("problem:user_unknown"));
}

TEST_F(InALiveShow, EveryEndOfAnInvitation) {  // S-093, S-096
  const auto declined = show.invite(kGuest);
  EXPECT_EQ(show(RejectInvitation{kGuest, declined}), "");
  EXPECT_THAT(host(), ElementsAre("warning:invitation_rejected", "warning:cannot_invite"));
  EXPECT_THAT(look(Reader::host).back().detail, HasSubstr("just declined"));
  EXPECT_EQ(look(Reader::host).back().at, cools_down_until(*show.past(kGuest)));
  EXPECT_THAT(self(), ElementsAre("warning:invitation_rejected"));
  show.now = cools_down_until(*show.past(kGuest));
  const auto cancelled = show.invite(kGuest);
  EXPECT_EQ(show(CancelInvitation{kHost, cancelled}), "");
  EXPECT_THAT(host(), ElementsAre("warning:invitation_cancelled"));
  show.invite(kGuest);
  show.now += 61s;
  EXPECT_THAT(self(), ElementsAre("problem:invitation_expired")) << "nobody has marked it yet";
}

TEST_F(InALiveShow, WhoWasRemovedHasToBeInvitedAgain) {  // S-094
  show.bring_on_stage(kGuest);
  EXPECT_EQ(show(RemoveFromStage{kHost, kGuest.user}), "");
  EXPECT_THAT(self(), ElementsAre("problem:removed_from_stage"));
  EXPECT_THAT(host(), ElementsAre("warning:removed_from_stage"));
}

TEST_F(InALiveShow, WhoLeftMayComeBack) {
  show.bring_on_stage(kGuest);
  EXPECT_THAT(self(), ElementsAre("info:all_good"));
  EXPECT_EQ(show(LeaveStage{kGuest}), "");
  EXPECT_THAT(self(), ElementsAre("info:invitation_used"));
}

TEST_F(InALiveShow, ARequest) {
  EXPECT_EQ(show(AskToJoin{kGuest, RequestId{"q"}, ""}), "");
  EXPECT_THAT(self(), ElementsAre("problem:not_invited", "info:request_waiting"));
}

TEST_F(InALiveShow, WhoMayNotBeInvited) {  // S-093
  EXPECT_THAT(host([](Patient& p) { p.invite.blocked = p.blocked_by_reader = true; }),
              ElementsAre("problem:invitee_blocked", "info:not_invited"));
  const auto blocked_by_others = [](Patient& p) { p.invite.blocked = true; };
  EXPECT_THAT(self([](Patient& p) { p.invite.blocked = p.blocked_by_reader = true; }),
              ElementsAre("problem:not_invited"))
      << "whom others have blocked is nobody's to know";
  const auto off = [](Patient& p) { p.invite.available = p.takes_invitations = false; };
  const auto blocks_the_host = [](Patient& p) { p.invite.available = false; };
  EXPECT_THAT(host(off), ElementsAre("problem:invitee_unavailable", "info:not_invited"));
  EXPECT_EQ(look(Reader::host, off), look(Reader::host, blocks_the_host)) << "the host cannot tell them apart";
  EXPECT_EQ(look(Reader::host, off), look(Reader::host, blocked_by_others));
  EXPECT_THAT(self(off), ElementsAre("problem:not_invited", "problem:invitee_unavailable"));
  EXPECT_THAT(self(blocks_the_host), ElementsAre("problem:not_invited"));
  EXPECT_THAT(self([](Patient& p) { p.invite.invitee_is_guest = true; }), ElementsAre("problem:is_guest"));
}

TEST_F(InALiveShow, WhatTheirPageSays) {  // S-096
  using enum DeviceReadiness;
  const auto says = [](DeviceReadiness camera, DeviceReadiness microphone, ConnectionGrade grade) {
    return [=](Patient& p) { p.invite.readiness = {camera, microphone, grade, "8.7.1"}; };
  };
  EXPECT_THAT(
      host(says(blocked, silent, ConnectionGrade::poor)),
      ElementsAre("warning:camera_off", "warning:connection_poor", "info:not_invited", "info:microphone_silent"));
  EXPECT_THAT(host(says(off, off, ConnectionGrade::good)), ElementsAre("info:not_invited"));
  set([](Policies& p) { p.invitees_must_be_ready = true, p.min_client_version = "8.8"; });
  EXPECT_THAT(host(says(off, ready, ConnectionGrade::good)),
              ElementsAre("problem:client_too_old", "problem:camera_off", "info:not_invited"));
  EXPECT_THAT(host([](Patient& p) { leaves(p); }), ElementsAre("problem:not_watching", "info:not_invited"))
      << "who does not watch says nothing";
}

TEST_F(InALiveShow, AFullStage) {
  set([](Policies& p) { p.max_co_hosts = 1; });
  show.bring_on_stage(kOther);
  EXPECT_THAT(self(), ElementsAre("problem:not_invited", "problem:stage_full"));
}

TEST_F(InALiveShow, WhoKeepsDropping) {  // S-095
  show.bring_on_stage(kGuest);
  for (int i = 0; i < kManyDrops; ++i) {
    EXPECT_EQ(show(MediaInterrupted{kGuest.user}), "");
    if (i == 1) {
      EXPECT_THAT(self(), ElementsAre("problem:seat_reconnecting", "info:dropped_recently"));
    }
    show.now += 2500ms;
    EXPECT_EQ(show(MediaJoined{kGuest.user, show.seat(kGuest)->lease}), "");
  }
  EXPECT_THAT(host(), ElementsAre("problem:keeps_dropping"));
  EXPECT_EQ(look(Reader::self).front().detail,
            "Your connection keeps breaking off: 3 times in the last 10 minutes. The last return took 3 s.");
  EXPECT_THAT(look(Reader::self).front().advice, HasSubstr("quality"));
}

TEST_F(InALiveShow, WhoWasAwayForTooLong) {  // S-095
  show.bring_on_stage(kGuest);
  EXPECT_EQ(show(MediaInterrupted{kGuest.user}), "");
  show.now += 61s;
  EXPECT_EQ(show(TimePassed{}), "");
  EXPECT_THAT(self(), ElementsAre("warning:seat_timed_out", "info:dropped_recently"));
}

TEST_F(InALiveShow, TheHost) {
  Patient patient;
  patient.invite = show.invite_command(kHost, InvitationId{"x"});
  EXPECT_THAT(codes(diagnose(show.state, patient, Reader::self, show.now)), ElementsAre("info:is_host"));
}

TEST_F(InALiveShow, TheShowIsOver) {  // S-094
  EXPECT_EQ(show(StopRoom{kHost}), "");
  EXPECT_THAT(self(), ElementsAre("problem:room_ended"));
}

}  // namespace
}  // namespace costage::domain
