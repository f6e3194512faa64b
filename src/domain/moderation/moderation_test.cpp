#include "domain/limits.hpp"
#include "domain/permission.hpp"
#include "domain/testing/show.hpp"

namespace costage::domain {
namespace {

using namespace testing;

const Actor kMona{UserId{"mona"}, "Mona", false};

template <class Verb>
Verb verb(const Actor& by, const Actor& on) {
  Verb out;
  out.actor = by;
  out.user = on.user;
  out.name = on.name;
  return out;
}
MutePerson mute(const Actor& by, const Actor& on, std::optional<std::chrono::seconds> time = {}) {
  auto out = verb<MutePerson>(by, on);
  out.time = time;
  return out;
}
BanPerson ban(const Actor& by, const Actor& on) { return verb<BanPerson>(by, on); }
AppointModerator appoint(const Actor& by, const Actor& on) { return verb<AppointModerator>(by, on); }

const Standing* standing(const Show& show, const Actor& who) { return show.state.standings.find(who.user); }

// N-120: appointed by the host, for this show only; may keep order, and appoint nobody.
TEST(Moderation, TheHostAppointsAndDismisses) {
  Show show;
  EXPECT_EQ(show(appoint(kOther, kMona)), "not_permitted");
  EXPECT_EQ(show(appoint(kHost, kMona)), "");
  EXPECT_EQ(role_of(show.state, kMona), Role::moderator);
  EXPECT_EQ(show.last.at(0).type, EventType::moderation_appointed);
  EXPECT_TRUE(may_see(show.last.at(0), kGuest.user, {})) << "everybody sees the badge";
  EXPECT_EQ(show(appoint(kMona, kOther)), "not_permitted");
  EXPECT_EQ(show(mute(kMona, kGuest)), "");
  EXPECT_EQ(show(appoint(kHost, kMona)), "");
  EXPECT_TRUE(show.last.empty()) << "they are one already";
  EXPECT_EQ(show(verb<DismissModerator>(kHost, kMona)), "");
  EXPECT_EQ(show(mute(kMona, kGuest)), "not_permitted");
  EXPECT_EQ(standing(show, kMona), nullptr) << "nothing is left to say of them";
}

TEST(Moderation, ItEndsWithTheShow) {
  Show show;
  show(appoint(kHost, kMona));
  show(ban(kHost, kGuest));
  EXPECT_EQ(show(StopRoom{kHost}), "");
  EXPECT_EQ(role_of(show.state, kMona), Role::viewer);
  EXPECT_TRUE(standing(show, kGuest)->banned) << "a ban holds";
  EXPECT_EQ(show(appoint(kHost, kMona)), "room_ended");
  EXPECT_EQ(show(mute(kHost, kMona)), "room_ended");
  EXPECT_EQ(show(verb<UnbanPerson>(kHost, kGuest)), "");
}

// N-053.
TEST(Moderation, AMuteRunsOutByItself) {
  Show show;
  EXPECT_EQ(show(mute(kHost, kGuest, limits::kMinMute - 1s)), "invalid_request");
  EXPECT_EQ(show(mute(kHost, kGuest, limits::kMaxMute + 1s)), "invalid_request");
  EXPECT_EQ(show(mute(kHost, kGuest, limits::kMinMute)), "");
  EXPECT_TRUE(is_muted(*standing(show, kGuest), show.now + limits::kMinMute - 1ms));
  EXPECT_FALSE(is_muted(*standing(show, kGuest), show.now + limits::kMinMute));
  show.now += limits::kMinMute;
  EXPECT_EQ(show(verb<UnmutePerson>(kHost, kGuest)), "");
  EXPECT_TRUE(show.last.empty()) << "it is over already";
  EXPECT_EQ(show(mute(kHost, kGuest)), "");
  EXPECT_TRUE(is_muted(*standing(show, kGuest), show.now + 24h)) << "to the end of the show";
  EXPECT_EQ(show(verb<UnmutePerson>(kHost, kGuest)), "");
  EXPECT_EQ(standing(show, kGuest), nullptr);
  EXPECT_FALSE(may_see(show.last.at(0), kOther.user, {})) << "others do not hear who was muted";
  EXPECT_TRUE(may_see(show.last.at(0), kGuest.user, {}));
}

// D13: all that hangs on being in the show ends at once.
TEST(Moderation, ABanTakesSeatInvitationAndRequest) {
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  EXPECT_EQ(show(ban(kHost, kGuest)), "");
  EXPECT_EQ(show.seat(kGuest), nullptr);
  EXPECT_EQ(show.open_lease(kGuest), "banned");
  EXPECT_EQ(denied(show.state, kGuest), Code::banned);
  EXPECT_FALSE(permitted(show.state, kGuest, Action::watch_room));
  EXPECT_EQ(show(show.invite_command(kGuest, InvitationId{"again"})), "person_banned");
  const auto id = show.invite(kOther);
  EXPECT_EQ(show(ban(kHost, kOther)), "");
  EXPECT_EQ(show.status(id), InvitationStatus::cancelled);
  EXPECT_EQ(show(AskToJoin{kMona, RequestId{"req"}, "Me!"}), "");
  EXPECT_EQ(show(ban(kHost, kMona)), "");
  EXPECT_TRUE(queue(show.state.requests, RequestOrder::asked, show.now).empty());
  EXPECT_EQ(show(AskToJoin{kMona, RequestId{"req2"}, "Me!"}), "banned");
  EXPECT_EQ(show(ban(kHost, kMona)), "");
  EXPECT_TRUE(show.last.empty()) << "they are out already";
}

TEST(Moderation, OneWhoIsUnbannedMayComeBack) {
  Show show;
  show(ban(kHost, kGuest));
  EXPECT_EQ(show(verb<UnbanPerson>(kHost, kGuest)), "");
  EXPECT_TRUE(permitted(show.state, kGuest, Action::watch_room));
  show.go_live();
  show.bring_on_stage(kGuest);
}

TEST(Moderation, WhoCannotBeActedOn) {
  Show show;
  show.go_live();
  show(appoint(kHost, kMona));
  EXPECT_EQ(show(mute(kMona, kHost)), "host_protected");
  EXPECT_EQ(show(ban(kMona, kHost)), "host_protected");
  EXPECT_EQ(show(ban(kHost, kHost)), "host_protected");
  EXPECT_EQ(show(ban(kMona, kMona)), "not_oneself");
  show(appoint(kHost, kOther));
  EXPECT_EQ(show(ban(kMona, kOther)), "moderator_protected");
  EXPECT_EQ(show(mute(kMona, kOther)), "moderator_protected");
  EXPECT_EQ(show(ban(kHost, kOther)), "") << "the host may";
  EXPECT_EQ(role_of(show.state, kOther), Role::viewer);
  EXPECT_EQ(show(appoint(kHost, kOther)), "person_banned");
  EXPECT_EQ(show(ban(kAdmin, kMona)), "") << "and the application's own server";
}

TEST(Moderation, ACoHostModeratesWhereTheHostLetThem) {
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  EXPECT_EQ(show(mute(kGuest, kOther)), "not_permitted");
  EXPECT_EQ(show(SetPermissions{kHost, kGuest.user, StagePermissions{.moderate = true}}), "");
  EXPECT_EQ(show(mute(kGuest, kOther)), "");
  show(appoint(kHost, kMona));
  EXPECT_EQ(show(mute(kMona, kGuest)), "moderator_protected") << "co-hosts who keep order are out of reach, too";
}

// N-120: a moderator may mute viewers.
TEST(Moderation, WhoIsOnStageIsTheHosts) {
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  show(appoint(kHost, kMona));
  EXPECT_EQ(show(mute(kMona, kGuest)), "moderator_protected");
  EXPECT_EQ(show(ban(kMona, kGuest)), "moderator_protected");
  EXPECT_EQ(show(mute(kHost, kGuest)), "");
}

TEST(Moderation, AModeratorRemainsOneOnStage) {
  Show show;
  show.go_live();
  show(appoint(kHost, kMona));
  show.bring_on_stage(kMona);
  EXPECT_EQ(role_of(show.state, kMona), Role::co_host);
  EXPECT_EQ(show(mute(kMona, kOther)), "");
  EXPECT_EQ(show(RemoveFromStage{kMona, kOther.user}), "not_permitted") << "which is no right of moderators";
}

TEST(Moderation, ThereIsALimitOfPeople) {
  Show show;
  for (std::size_t i = 0; i < limits::kStandings; ++i)
    show.state.standings.people.push_back({UserId{"u" + std::to_string(i)}, "U", false, true, {}, false, "", {}, {}});
  EXPECT_EQ(show(mute(kHost, kGuest)), "too_many_standings");
  EXPECT_EQ(show(mute(kHost, {UserId{"u1"}, "U", false})), "");
}

TEST(Moderation, WhoIsNotKnownIsToldToWhoMayActOnPeople) {
  Show show;
  const Actor nobody{UserId{"nobody"}, "", false};
  EXPECT_EQ(show(mute(kHost, nobody)), "user_unknown");
  EXPECT_EQ(show(verb<UnmutePerson>(kHost, nobody)), "user_unknown");
  EXPECT_EQ(show(mute(kOther, nobody)), "not_permitted");
}

TEST(Moderation, AReasonHasALimit) {
  Show show;
  auto long_one = ban(kHost, kGuest);
  long_one.reason = std::string(limits::kComment + 1, 'x');
  EXPECT_EQ(show(long_one), "invalid_request");
  long_one.reason.pop_back();
  EXPECT_EQ(show(long_one), "");
  EXPECT_EQ(standing(show, kGuest)->reason, long_one.reason);
}

}  // namespace
}  // namespace costage::domain
