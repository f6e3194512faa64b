// Each invariant of a room, broken: check() names it.
#include <gtest/gtest.h>

#include <functional>

#include "domain/testing/show.hpp"

namespace costage::domain {
namespace {

using namespace testing;

// A live room with a co-host on air and somebody who was asked.
RoomState live() {
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  show.invite(kOther);
  return show.state;
}

std::string broken(const std::function<void(RoomState&)>& change) {
  RoomState state = live();
  EXPECT_EQ(check(state), "");
  change(state);
  return check(state);
}
Seat& host(RoomState& state) { return state.stage.seats.at(0); }
Seat& guest(RoomState& state) { return state.stage.seats.at(1); }
Invitation& asked(RoomState& state) { return state.invitations.newest.at(1); }

TEST(Check, Rooms) {
  EXPECT_EQ(broken([](auto& s) { s.room.reconnect_by = s.room.created_at; }),
            "a room has a grace exactly while it waits");
  EXPECT_EQ(broken([](auto& s) { host(s).state = SeatState::preparing; }),
            "in a live room the host, or who stands in, is on air");
  EXPECT_EQ(broken([](auto& s) { drop_seat(s.stage, kHost.user); }),
            "in a live room the host, or who stands in, is on air");
  EXPECT_EQ(broken([](auto& s) { s.room.status = RoomStatus::idle; }),
            "before the start nobody but the host is on stage");
  EXPECT_EQ(broken([](auto& s) {
              s.room.status = RoomStatus::idle;
              s.room.live_at.reset();
            }),
            "before the start nobody but the host is on stage");
  EXPECT_EQ(broken([](auto& s) { s.room.status = RoomStatus::ended; }), "nobody is on stage in a room that is over");
  EXPECT_EQ(broken([](auto& s) {
              s.room.status = RoomStatus::ended;
              s.stage.seats.clear();
            }),
            "an ended room ended at some time");
}

TEST(Check, Seats) {
  const auto now = WallTime{};
  EXPECT_EQ(broken([&](auto& s) { guest(s).release_at = now; }),
            "a seat has a deadline exactly while its link is not up");
  EXPECT_EQ(broken([&](auto& s) {
              guest(s).release_at = now;
              guest(s).link = Link::absent;
            }),
            "who is on air is connected");
  EXPECT_EQ(broken([](auto& s) { guest(s).on_air_at.reset(); }), "who is on air came on air at some time");
  EXPECT_EQ(broken([](auto& s) { guest(s).state = SeatState::reconnecting; }), "who reconnects is not connected");
  EXPECT_EQ(broken([](auto& s) { guest(s).lease = LeaseId{}; }), "a seat is held by a lease");
}

TEST(Check, Stages) {
  EXPECT_EQ(broken([](auto& s) { guest(s).role = SeatRole::host; }), "the host's seat is the host's");
  EXPECT_EQ(broken([](auto& s) { guest(s).epoch = s.stage.last_epoch + 1; }), "an epoch is one that was given");
  EXPECT_EQ(broken([](auto& s) { guest(s).epoch = 0; }), "an epoch is one that was given");
  EXPECT_EQ(broken([](auto& s) { s.stage.seats.push_back(guest(s)); }), "co-hosts stand in the order of their epochs");
  EXPECT_EQ(broken([](auto& s) { guest(s).lease = host(s).lease; }), "one user, one seat, one lease");
  EXPECT_EQ(broken([](auto& s) { s.room.policies.max_co_hosts = 0; }), "the stage is over its limit");
}

TEST(Check, InvitationsOfARoom) {
  EXPECT_EQ(broken([](auto& s) { asked(s).room = RoomId{"other"}; }), "an invitation belongs to its room");
  EXPECT_EQ(broken([](auto& s) { asked(s).invitee = kHost.user; }), "the host is not invited");
  EXPECT_EQ(broken([](auto& s) { asked(s).responded_at = s.room.created_at; }),
            "an invitation has an end exactly when it is not pending");
  EXPECT_EQ(broken([](auto& s) { asked(s).ttl = 9s; }), "an invitation's time is in range");
  EXPECT_EQ(broken([](auto& s) { asked(s).ttl = 301s; }), "an invitation's time is in range");
  EXPECT_EQ(broken([](auto& s) { asked(s).admission = Admission::used; }),
            "only an accepted invitation opens the stage");
  EXPECT_EQ(broken([](auto& s) { asked(s).invitee = kGuest.user; }),
            "only the newest invitation of each invitee is held");
  EXPECT_EQ(broken([](auto& s) { s.invitations.newest.erase(s.invitations.newest.begin()); }),
            "a co-host came by an invitation");
  EXPECT_EQ(broken([](auto& s) { s.invitations.newest.at(0).admission = Admission::unused; }),
            "a co-host came by an invitation");
  EXPECT_EQ(broken([](auto& s) { s.invitations.recent.resize(11); }), "no more invites are remembered than needed");
  EXPECT_EQ(broken([](auto& s) {
              s.room.status = RoomStatus::ended;
              s.room.ended_at = s.room.created_at;
              s.stage.seats.clear();
            }),
            "nothing is pending in a room that is over");
}

StageRequest& requester(RoomState& state) { return state.requests.newest.at(0); }

std::string broken_queue(const std::function<void(RoomState&)>& change) {
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  EXPECT_EQ(show(AskToJoin{kOther, RequestId{"q"}, ""}), "");
  change(show.state);
  return check(show.state);
}

TEST(Check, Requests) {
  EXPECT_EQ(broken_queue([](auto& s) { requester(s).room = RoomId{"other"}; }), "a request belongs to its room");
  EXPECT_EQ(broken_queue([](auto& s) { requester(s).user = kHost.user; }), "the host does not ask to come on stage");
  EXPECT_EQ(broken_queue([](auto& s) { requester(s).responded_at = s.room.created_at; }),
            "a request has an end exactly when it does not wait");
  EXPECT_EQ(broken_queue([](auto& s) { requester(s).asked.assign(4, s.room.created_at); }),
            "no more asks are remembered than needed");
  EXPECT_EQ(broken_queue([](auto& s) { requester(s).user = kGuest.user; }), "nobody on stage waits in the queue");
  EXPECT_EQ(broken_queue([](auto& s) { s.requests.newest.push_back(requester(s)); }),
            "only the newest request of each person is held");
  EXPECT_EQ(broken_queue([](auto& s) {
              for (int i = 0; i < 100; ++i) {
                s.requests.newest.push_back(requester(s));
                s.requests.newest.back().user = UserId{"p" + std::to_string(i)};
              }
            }),
            "the queue is over its limit");
}

}  // namespace
}  // namespace costage::domain
