#include "app/diagnosis.hpp"

#include "app/use_cases_test.hpp"

namespace costage::app {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

class DiagnosisTest : public UseCases {
 protected:
  domain::Answer<DiagnosisView> look(const Caller& caller, const UserId& user) {
    return ask<DiagnosisView>([&](auto done) { app.diagnosis().get(caller, room, user, done); });
  }
  std::vector<std::string> codes(const Caller& caller, const UserId& user) {
    std::vector<std::string> out;
    const auto view = look(caller, user);
    for (const Finding& one : view->findings) out.emplace_back(name(one.code));
    return out;
  }

  const RoomId room = create_room();
};

TEST_F(DiagnosisTest, IsAboutOneselfUnlessOneHosts) {
  EXPECT_EQ(refusal(look(kGuest, kGuest.user)), "");
  EXPECT_EQ(refusal(look(kGuest, kHost.user)), "not_permitted");
  EXPECT_EQ(refusal(look(kHost, kGuest.user)), "");
  EXPECT_EQ(refusal(look(kAdmin, kGuest.user)), "");
  EXPECT_EQ(refusal(look(kHost, UserId{""})), "invalid_request");
  EXPECT_THAT(codes(kHost, UserId{"nobody"}), ElementsAre("user_unknown"));
}

TEST_F(DiagnosisTest, KnowsWhoWatchesAndWhatTheirPageSays) {  // S-093, S-096
  go_on_air(kHost, room);
  EXPECT_THAT(codes(kHost, kGuest.user), ElementsAre("not_watching", "not_invited"));
  app.watching().start(kGuest, room, "c");
  app.watching().report(kGuest, room, "c",
                        {DeviceReadiness::blocked, DeviceReadiness::ready, ConnectionGrade::poor, ""});
  EXPECT_THAT(codes(kHost, kGuest.user), ElementsAre("camera_off", "connection_poor", "not_invited"));
}

TEST_F(DiagnosisTest, ReadsWhatTheRoomHoldsInMindNoMore) {  // S-093
  go_on_air(kHost, room);
  app.watching().start(kGuest, room, "c");
  invite(room, kGuest.user);
  wait(61s);
  app.watching().start(kGuest, room, "c");
  wait(3h);
  EXPECT_THAT(codes(kHost, kGuest.user), Contains("invitation_expired"));
}

TEST_F(DiagnosisTest, KnowsThatAnInvitationCountsNoMore) {  // S-094
  go_on_air(kHost, room);
  bring_guest_on_stage(room);
  EXPECT_THAT(codes(kGuest, kGuest.user), ElementsAre("all_good"));
  ask<StageView>([&](auto done) { app.stage().remove(kHost, room, kGuest.user, {}, done); });
  EXPECT_THAT(codes(kGuest, kGuest.user), ElementsAre("removed_from_stage"));
  wait(59s);
  EXPECT_THAT(codes(kHost, kGuest.user), Contains("removed_from_stage"));
}

TEST_F(DiagnosisTest, DoesNotTellTheHostWhomSomebodyBlocked) {  // S-023
  go_on_air(kHost, room);
  app.watching().start(kGuest, room, "c");
  ask<Block>([&](auto done) { app.blocks().put(kGuest, kHost.user, {}, done); });
  const auto blocks = look(kHost, kGuest.user)->findings;
  ask<Block>([&](auto done) { app.blocks().remove(kGuest, kHost.user, {}, done); });
  ask<User>([&](auto done) { app.users().take_invitations(kGuest, false, {}, done); });
  EXPECT_EQ(look(kHost, kGuest.user)->findings, blocks);
  EXPECT_THAT(codes(kGuest, kGuest.user), Contains("invitee_unavailable"));
  EXPECT_THAT(codes(kAdmin, kGuest.user), Contains("invitee_unavailable")) << "as the host would read it";
}

TEST_F(DiagnosisTest, DoesNotTellWhoIsBlocked) {
  go_on_air(kHost, room);
  app.watching().start(kGuest, room, "c");
  ask<Block>([&](auto done) { app.blocks().put(kHost, kGuest.user, {}, done); });
  EXPECT_THAT(codes(kHost, kGuest.user), Contains("invitee_blocked"));
  EXPECT_THAT(codes(kGuest, kGuest.user), Not(Contains("invitee_blocked")));
  EXPECT_THAT(codes(kAdmin, kGuest.user), Not(Contains("invitee_blocked"))) << "who reads is told whom they blocked";
}

TEST_F(DiagnosisTest, CountsHowOftenSomebodyDropped) {  // S-095
  go_on_air(kHost, room);
  const LeaseId lease = bring_guest_on_stage(room);
  for (int i = 0; i < 3; ++i) {
    media(ParticipantInterrupted{room, on_stage_as(kGuest.user)});
    media(ParticipantJoined{room, on_stage_as(kGuest.user), lease});
  }
  EXPECT_THAT(codes(kHost, kGuest.user), ElementsAre("keeps_dropping"));
  EXPECT_THAT(codes(kGuest, kGuest.user), ElementsAre("keeps_dropping"));
}

}  // namespace
}  // namespace costage::app
