// A show for tests: commands in, refusals or nothing out; every step is checked against the invariants.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "domain/decide.hpp"

namespace costage::domain::testing {

using namespace std::chrono_literals;

inline const Actor kHost{UserId{"host"}, "Hanna", false};
inline const Actor kGuest{UserId{"guest"}, "Gus", false};
inline const Actor kOther{UserId{"other"}, "Olga", false};
inline const Actor kAdmin{UserId{"backend"}, "Shop", true};

class Show {
 public:
  Show() {
    CreateRoom create;
    create.actor = kHost;
    create.id = RoomId{"room1"};
    create.title = "Evening sale";
    run(create_room(create, now));
  }

  // Empty when done, else the refusal's name.
  std::string operator()(const Command& command) { return run(decide(state, command, now)); }

  InvitationId invite(const Actor& who, bool watching = true) {
    const InvitationId id{"inv" + std::to_string(++ids_)};
    EXPECT_EQ((*this)(invite_command(who, id, watching)), "");
    return id;
  }
  Invite invite_command(const Actor& who, InvitationId id, bool watching = true) const {
    Invite invite;
    invite.actor = kHost;
    invite.id = std::move(id);
    invite.invitee = who.user;
    invite.invitee_name = who.name;
    invite.invitee_watching = watching;
    return invite;
  }
  std::string open_lease(const Actor& who) {
    return (*this)(OpenLease{who, LeaseId{"lease" + std::to_string(++ids_)}, {}, past(who)});
  }
  void go_live() {
    EXPECT_EQ(open_lease(kHost), "");
    connect(kHost);
  }
  void connect(const Actor& who) {
    EXPECT_EQ((*this)(MediaJoined{who.user, state.stage.find(who.user)->lease}), "");
    EXPECT_EQ((*this)(DevicesChanged{who.user, Device::off, Device::on, true}), "");
  }
  // Invited, accepted, on air.
  void bring_on_stage(const Actor& who) {
    const auto id = invite(who);
    EXPECT_EQ((*this)(AcceptInvitation{who, id}), "");
    EXPECT_EQ(open_lease(who), "");
    connect(who);
  }

  // The newest invitation of somebody, whether or not the room still holds it in mind.
  std::optional<Invitation> past(const Actor& who) const {
    for (auto event = history.rbegin(); event != history.rend(); ++event)
      if (const auto* change = std::get_if<InvitationChange>(&event->data))
        if (change->invitation.invitee == who.user) return change->invitation;
    return {};
  }

  const Seat* seat(const Actor& who) const { return state.stage.find(who.user); }
  RoomStatus status() const { return state.room.status; }
  InvitationStatus status(const InvitationId& id) const {
    InvitationStatus status{};
    for (const Event& event : history)
      if (const auto* change = std::get_if<InvitationChange>(&event.data))
        if (change->invitation.id == id) status = change->invitation.status;
    return status;
  }

  RoomState state;
  WallTime now = from_unix_ms(1'800'000'000'000);
  Events history;
  Events last;

 private:
  std::string run(const Answer<Events>& answer) {
    last.clear();
    if (!answer) return std::string(info(answer.error().code).name);
    last = *answer;
    state = replay(state, *answer);
    history.insert(history.end(), answer->begin(), answer->end());
    EXPECT_EQ(check(state), "");
    return {};
  }
  int ids_ = 0;
};

}  // namespace costage::domain::testing
