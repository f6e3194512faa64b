// The program is killed while an invitation or a seat is in each of its states: the next one shows everybody the same
// state, and lets each do what they could do before.
#include "app/use_cases_test.hpp"

namespace costage::app {
namespace {

struct Moment {
  const char* name;
  std::vector<std::string> acts;  // until the kill
  const char* status;             // of the invitation
  const char* seat;               // of the guest; afterwards
  const char* accept_hears;       // afterwards
  const char* join_hears;         // afterwards
};
std::ostream& operator<<(std::ostream& out, const Moment& moment) { return out << moment.name; }

class Restart : public UseCases, public ::testing::WithParamInterface<Moment> {
 protected:
  void SetUp() override {
    UseCases::SetUp();
    go_on_air(kHost, room);
    app.watching().start(kGuest, room, "guest");
    id = invite(room, kGuest.user)->invitation.id;
  }
  void act(const std::string& what) {
    const Identity guest = on_stage_as(kGuest.user);
    const auto ignore = [](const auto&) {};
    if (what == "accept") app.invitations().accept(kGuest, id, {}, ignore);
    if (what == "reject") app.invitations().reject(kGuest, id, {}, ignore);
    if (what == "cancel") app.invitations().cancel(kHost, id, {}, ignore);
    if (what == "expire") wait(60s);
    if (what == "run out") clock.time += 60s;  // and nobody has marked it
    if (what == "prepare") lease = broadcaster(kGuest, room)->lease;
    if (what == "connect") app.on_media(ParticipantJoined{room, guest, lease});
    if (what == "send") app.on_media(MediaDevicesChanged{room, guest, MediaDevice::on, MediaDevice::on, true});
    if (what == "interrupt") app.on_media(ParticipantInterrupted{room, guest});
    if (what == "hang up") app.on_media(ParticipantLeft{room, guest, "client"});
    if (what == "leave") app.stage().leave(kGuest, room, {}, ignore);
    if (what == "remove") app.stage().remove(kHost, room, kGuest.user, {}, ignore);
    storage.run();
  }
  std::unique_ptr<App> restart() {
    auto next = std::make_unique<App>(storage, server, clock, rng);
    next->start([](bool ok) { EXPECT_TRUE(ok); });
    storage.run();
    return next;
  }
  std::string seat_seen(App& by, const Caller& who) {
    const auto view = ask<StageView>([&](auto done) { by.stage().get(who, room, done); });
    const Seat* seat = view->stage.find(kGuest.user);
    return seat == nullptr ? "none" : std::string(name(seat->state));
  }
  std::string status_seen(App& by, const Caller& who) {
    return std::string(name(ask<Invitation>([&](auto done) { by.invitations().get(who, id, done); })->status));
  }

  const RoomId room = create_room();
  InvitationId id;
  LeaseId lease;
};

TEST_P(Restart, ShowsEverybodyTheSame) {  // S-028, S-053..S-056, D13
  const Moment& moment = GetParam();
  for (const std::string& what : moment.acts) act(what);
  const auto next = restart();
  for (const Caller& who : {kHost, kGuest}) {
    EXPECT_EQ(status_seen(*next, who), moment.status);
    EXPECT_EQ(seat_seen(*next, who), moment.seat);
  }
  const bool holds_a_seat = std::string_view(moment.seat) != "none";
  EXPECT_EQ(alive(*next, room, kGuest, lease), holds_a_seat) << "a token lives as long as its lease, not its program";
  const auto accepted = ask<Invitation>([&](auto done) { next->invitations().accept(kGuest, id, {}, done); });
  EXPECT_EQ(refusal(accepted), moment.accept_hears);
  const auto joined = ask<BroadcasterData>([&](auto done) { next->stage().broadcaster(kGuest, room, {}, {}, done); });
  EXPECT_EQ(refusal(joined), moment.join_hears);
  EXPECT_EQ(joined && joined->lease == lease, holds_a_seat) << "who still holds a seat comes back to it";
}

constexpr const char* kAccepted = "invitation_already_accepted";
INSTANTIATE_TEST_SUITE_P(
    All, Restart,
    ::testing::Values(
        Moment{"pending", {}, "pending", "none", "", ""},
        Moment{"accepted", {"accept"}, "accepted", "none", kAccepted, ""},
        Moment{"rejected", {"reject"}, "rejected", "none", "invitation_rejected", "invitation_rejected"},
        Moment{"cancelled", {"cancel"}, "cancelled", "none", "invitation_cancelled", "invitation_cancelled"},
        Moment{"expired", {"expire"}, "expired", "none", "invitation_expired", "invitation_expired"},
        Moment{"runOut", {"run out"}, "expired", "none", "invitation_expired", "invitation_expired"},
        Moment{"preparing", {"accept", "prepare"}, "accepted", "preparing", kAccepted, ""},
        Moment{"connected", {"accept", "prepare", "connect"}, "accepted", "reconnecting", kAccepted, ""},
        Moment{"onAir", {"accept", "prepare", "connect", "send"}, "accepted", "reconnecting", kAccepted, ""},
        Moment{"interrupted",
               {"accept", "prepare", "connect", "send", "interrupt"},
               "accepted",
               "reconnecting",
               kAccepted,
               ""},
        Moment{
            "absent", {"accept", "prepare", "connect", "send", "hang up"}, "accepted", "reconnecting", kAccepted, ""},
        Moment{"left", {"accept", "prepare", "connect", "send", "leave"}, "accepted", "none", kAccepted, ""},
        Moment{"removed",
               {"accept", "prepare", "connect", "send", "remove"},
               "accepted",
               "none",
               kAccepted,
               "not_invited"}),
    [](const auto& moment) { return moment.param.name; });

}  // namespace
}  // namespace costage::app
