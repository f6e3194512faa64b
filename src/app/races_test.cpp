// Two people in the same instant: whoever is first wins, there is one outcome, and everybody is told the same.
#include <map>
#include <tuple>

#include "app/use_cases_test.hpp"

namespace costage::app {
namespace {

// Names of acts, so that a table reads like the race.
class Races : public UseCases {
 protected:
  void SetUp() override {
    UseCases::SetUp();
    go_on_air(kHost, room);
    app.watching().start(kGuest, room, "guest");
    id = invite(room, kGuest.user)->invitation.id;
    events.clear();
  }

  // Begins it; the answer is written down when it comes.
  void begin(const std::string& act) {
    const std::size_t place = answers.size();
    answers.emplace_back("none");
    const auto done = [this, place](const auto& answer) { answers[place] = refusal(answer); };
    const auto lease = [this, place](const domain::Answer<BroadcasterData>& data) {
      answers[place] = refusal(data);
      if (data) leases.push_back(data->lease);
    };
    const std::map<std::string, std::function<void()>> acts{
        {"accept", [&] { app.invitations().accept(kGuest, id, {}, done); }},
        {"reject", [&] { app.invitations().reject(kGuest, id, {}, done); }},
        {"cancel", [&] { app.invitations().cancel(kHost, id, {}, done); }},
        {"resend", [&] { app.invitations().resend(kHost, id, {}, done); }},
        {"invite", [&] { app.invitations().create(kHost, room, kGuest.user, {}, {}, done); }},
        {"stop", [&] { app.rooms().stop(kHost, room, {}, done); }},
        {"join", [&] { app.stage().broadcaster(kGuest, room, {}, {}, lease); }},
        {"leave", [&] { app.stage().leave(kGuest, room, {}, done); }},
        {"remove", [&] { app.stage().remove(kHost, room, kGuest.user, {}, done); }},
    };
    acts.at(act)();
  }
  void together(const std::string& first, const std::string& second) {
    begin(first);
    begin(second);
    storage.run();
  }

  static std::size_t ends(const std::vector<std::string>& events) {
    return static_cast<std::size_t>(std::ranges::count_if(events, [](const std::string& event) {
      return event == "invitation.accepted" || event == "invitation.rejected" || event == "invitation.cancelled" ||
             event == "invitation.expired";
    }));
  }
  // What each of them is shown, by each way to ask.
  std::set<std::string> status_seen(App& by) {
    std::set<std::string> out;
    const auto note = [&](const domain::Answer<Invitation>& one) {
      out.insert(one ? std::string(name(one->status)) : refusal(one));
    };
    note(ask<Invitation>([&](auto done) { by.invitations().get(kHost, id, done); }));
    note(ask<Invitation>([&](auto done) { by.invitations().get(kGuest, id, done); }));
    note(ask<Invitation>([&](auto done) { by.invitations().mine_in_room(kGuest, room, done); }));
    for (const Caller& who : {kHost, kGuest}) {
      const auto snapshot = ask<RoomSnapshot>([&](auto done) { by.history().snapshot(who, room, done); });
      for (const Invitation& one : snapshot->invitations) out.insert(std::string(name(one.status)));
    }
    return out;
  }
  // The same in the next program.
  std::unique_ptr<App> restart() {
    auto next = std::make_unique<App>(storage, server, clock, rng);
    bool ok = false;
    next->start([&](bool read) { ok = read; });
    storage.run();
    EXPECT_TRUE(ok);
    return next;
  }
  std::vector<UserId> on_stage(const Caller& seen_by) {
    std::vector<UserId> out;
    const auto view = ask<StageView>([&](auto done) { app.stage().get(seen_by, room, done); });
    for (const Seat& seat : view->stage.seats) out.push_back(seat.user);
    return out;
  }

  const RoomId room = create_room();
  InvitationId id;
  std::vector<std::string> answers;
  std::vector<LeaseId> leases;
};

// ---- an invitation ----
struct InvitationRace {
  const char *first, *second;
  const char *first_hears, *second_hears;
  const char* status;
};
std::ostream& operator<<(std::ostream& out, const InvitationRace& race) {
  return out << race.first << " and " << race.second;
}

class InvitationRaces : public Races, public ::testing::WithParamInterface<InvitationRace> {};

TEST_P(InvitationRaces, HaveOneOutcome) {  // S-030, S-034..S-039
  const InvitationRace& race = GetParam();
  together(race.first, race.second);
  EXPECT_EQ(answers, (std::vector<std::string>{race.first_hears, race.second_hears}));
  EXPECT_EQ(ends(events), 1u);
  EXPECT_EQ(status_seen(app), std::set<std::string>{race.status});
  EXPECT_EQ(status_seen(*restart()), std::set<std::string>{race.status});
}

// The first decides again after the second.
TEST_P(InvitationRaces, HaveOneOutcomeAlsoForWhoLosesAgainstAnotherNode) {
  storage.database.rooms().races_to_lose = 1;
  together(GetParam().first, GetParam().second);
  EXPECT_EQ(ends(events), 1u);
  EXPECT_EQ(status_seen(app).size(), 1u);
  EXPECT_EQ(status_seen(app), status_seen(*restart()));
}

INSTANTIATE_TEST_SUITE_P(
    All, InvitationRaces,
    ::testing::Values(InvitationRace{"accept", "accept", "", "invitation_already_accepted", "accepted"},
                      InvitationRace{"accept", "cancel", "", "invitation_already_accepted", "accepted"},
                      InvitationRace{"cancel", "accept", "", "invitation_cancelled", "cancelled"},
                      InvitationRace{"accept", "reject", "", "invitation_already_accepted", "accepted"},
                      InvitationRace{"reject", "accept", "", "invitation_rejected", "rejected"},
                      InvitationRace{"reject", "cancel", "", "invitation_rejected", "rejected"},
                      InvitationRace{"cancel", "reject", "", "invitation_cancelled", "cancelled"},
                      InvitationRace{"accept", "stop", "", "", "accepted"},
                      InvitationRace{"stop", "accept", "", "room_ended", "cancelled"},
                      InvitationRace{"accept", "resend", "", "invitation_already_accepted", "accepted"},
                      InvitationRace{"resend", "accept", "", "", "accepted"},
                      InvitationRace{"cancel", "resend", "", "invitation_cancelled", "cancelled"},
                      InvitationRace{"accept", "invite", "", "invitation_already_accepted", "accepted"},
                      InvitationRace{"invite", "accept", "", "", "accepted"}));

TEST_F(Races, TwoTabsThatAcceptAndJoinHoldOneLease) {  // S-055
  together("accept", "accept");
  together("join", "join");
  ASSERT_EQ(leases.size(), 2u);
  EXPECT_EQ(leases[0], leases[1]);
  EXPECT_EQ(std::ranges::count(events, "stage.prepared"), 1);
}

TEST_F(Races, TheSameTapTwiceIsAnsweredTwiceTheSame) {
  const Idempotency key{"tap", "accept"};
  std::vector<std::string> heard;
  for (int i = 0; i < 2; ++i)
    app.invitations().accept(kGuest, id, key, [&](const auto& answer) { heard.push_back(refusal(answer)); });
  storage.run();
  EXPECT_EQ(heard, (std::vector<std::string>{"", ""}));
  EXPECT_EQ(ends(events), 1u);
}

TEST_F(Races, AnAnswerInTheInstantOfTheEndIsTooLate) {  // S-028
  clock.time += 60s;
  begin("accept");
  app.on_time();
  storage.run();
  EXPECT_EQ(answers.back(), "invitation_expired");
  EXPECT_EQ(status_seen(app), std::set<std::string>{"expired"});
  EXPECT_EQ(ends(events), 1u);
}

// ---- a seat of somebody who has accepted ----
struct StageRace {
  const char *first, *second;
  const char *first_hears, *second_hears;
  bool alive;              // the lease, if one was given out
  const char* next_hears;  // who asks to join afterwards
};
std::ostream& operator<<(std::ostream& out, const StageRace& race) {
  return out << race.first << " and " << race.second;
}

class StageRaces : public Races, public ::testing::WithParamInterface<StageRace> {};

TEST_P(StageRaces, EndEveryRightWithTheLease) {  // D13, S-004, S-053..S-056, S-066, S-067
  const StageRace& race = GetParam();
  accept(id);
  if (std::string_view(race.first) == "leave") begin("join"), storage.run(), answers.clear();
  together(race.first, race.second);
  EXPECT_EQ(answers, (std::vector<std::string>{race.first_hears, race.second_hears}));
  EXPECT_EQ(!leases.empty() && alive(room, kGuest, leases.back()), race.alive);
  EXPECT_EQ(on_stage(kHost), on_stage(kGuest));
  EXPECT_EQ(refusal(broadcaster(kGuest, room)), race.next_hears);
}

INSTANTIATE_TEST_SUITE_P(All, StageRaces,
                         ::testing::Values(StageRace{"join", "stop", "", "", false, "room_ended"},
                                           StageRace{"stop", "join", "", "room_ended", false, "room_ended"},
                                           StageRace{"join", "remove", "", "", false, "not_invited"},
                                           StageRace{"remove", "join", "", "not_invited", false, "not_invited"},
                                           StageRace{"join", "leave", "", "", false, ""},
                                           StageRace{"leave", "join", "", "", true, ""},
                                           StageRace{"leave", "remove", "", "", false, "not_invited"},
                                           StageRace{"remove", "stop", "", "", false, "room_ended"}));

TEST_F(Races, WhoIsRemovedWhileConnectingIsNotOnStage) {  // S-066
  accept(id);
  begin("join"), storage.run();
  for (const bool connects_first : {true, false}) {
    SCOPED_TRACE(connects_first);
    const ParticipantJoined joined{room, on_stage_as(kGuest.user), leases.back()};
    if (connects_first) app.on_media(joined);
    begin("remove");
    if (!connects_first) app.on_media(joined);
    storage.run();
    EXPECT_FALSE(alive(room, kGuest, leases.back()));
    EXPECT_EQ(on_stage(kHost), (std::vector{kHost.user}));
    EXPECT_TRUE(server.was_told("remove guest"));
    if (!connects_first) break;
    id = invite(room, kGuest.user)->invitation.id;
    accept(id);
    begin("join"), storage.run();
  }
}

// ---- the host ----
TEST_F(Races, AHostWhoComesBackInTheInstantTheGraceEnds) {  // D10, N-017
  const LeaseId lease = broadcaster(kHost, room)->lease;
  media(ParticipantLeft{room, on_stage_as(kHost.user), "timeout"});
  clock.time += 60s;
  for (const bool time_first : {false, true}) {
    if (!time_first) app.on_media(ParticipantJoined{room, on_stage_as(kHost.user), lease});
    app.on_time();
    if (time_first) app.on_media(ParticipantJoined{room, on_stage_as(kHost.user), lease});
    storage.run();
    EXPECT_EQ(get(room).status, time_first ? RoomStatus::ended : RoomStatus::live);
    EXPECT_EQ(alive(room, kHost, lease), !time_first);
    if (time_first) break;
    media(ParticipantLeft{room, on_stage_as(kHost.user), "timeout"});
    clock.time += 60s;
  }
}

}  // namespace
}  // namespace costage::app
