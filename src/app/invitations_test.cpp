#include "app/invitations.hpp"

#include "app/use_cases_test.hpp"

namespace costage::app {
namespace {

class InvitationsTest : public UseCases {
 protected:
  domain::Answer<Invitation> get(const Caller& who, const InvitationId& id) {
    return ask<Invitation>([&](auto done) { app.invitations().get(who, id, done); });
  }
  domain::Answer<Page<Invitation>> of_room(const Caller& who, const RoomId& room,
                                           std::vector<InvitationStatus> statuses, const PageRequest& page = {}) {
    return ask<Page<Invitation>>([&](auto done) { app.invitations().of_room(who, room, statuses, page, done); });
  }
  domain::Answer<Page<Invitation>> mine(const Caller& who, const PageRequest& page = {}) {
    return ask<Page<Invitation>>(
        [&](auto done) { app.invitations().mine(who, {InvitationStatus::pending}, page, done); });
  }
  const Caller stranger{UserId{"stranger"}, "S"};
};

TEST_F(InvitationsTest, AreReadByTheirPeople) {  // S-002
  const RoomId room = create_room();
  const InvitationId id = invite(room, kGuest.user)->invitation.id;
  EXPECT_EQ(get(kHost, id)->status, InvitationStatus::pending);
  EXPECT_EQ(get(kGuest, id)->invitee, kGuest.user);
  EXPECT_EQ(refusal(get(stranger, id)), "not_permitted");
  EXPECT_EQ(refusal(get(kHost, InvitationId{"none"})), "invitation_not_found");
  clock.time += 60s;
  EXPECT_EQ(get(kHost, id)->status, InvitationStatus::expired) << "though nobody has marked it";
}

TEST_F(InvitationsTest, AreListedByRoomAndByInvitee) {  // S-041, S-046
  const RoomId room = create_room(), other = create_room();
  invite(room, kGuest.user);
  invite(other, kGuest.user);
  EXPECT_EQ(of_room(kHost, room, {})->items.size(), 1u);
  EXPECT_EQ(of_room(kHost, room, {InvitationStatus::accepted})->items.size(), 0u);
  EXPECT_EQ(refusal(of_room(kGuest, room, {})), "not_permitted");
  EXPECT_EQ(refusal(of_room(kHost, RoomId{"none"}, {})), "room_not_found");
  EXPECT_EQ(refusal(of_room(kHost, room, {}, {10, "garbage"})), "invalid_request");
  EXPECT_EQ(mine(kGuest)->items.size(), 2u);
  EXPECT_EQ(mine(stranger)->items.size(), 0u);
  EXPECT_EQ(refusal(mine(kGuest, {10, "garbage"})), "invalid_request");
}

TEST_F(InvitationsTest, InABatchEachIsAnsweredForItself) {  // S-019, D8
  const RoomId room = create_room();
  const UserId unknown{"nobody"};
  const auto batch = [&](const Caller& who, std::vector<UserId> invitees, const MaybeIdempotency& once = {}) {
    return ask<std::vector<BatchAnswer>>(
        [&](auto done) { app.invitations().create_all(who, room, invitees, {}, once, done); });
  };
  const Idempotency once{"key", "request"};
  const auto first = batch(kHost, {kGuest.user, unknown, kHost.user}, once);
  ASSERT_EQ(first->size(), 3u);
  EXPECT_EQ(refusal((*first)[0].answer), "");
  EXPECT_EQ(refusal((*first)[1].answer), "user_unknown");
  EXPECT_EQ(refusal((*first)[2].answer), "invitee_is_host");
  EXPECT_EQ((*first)[1].invitee, unknown);
  const auto again = batch(kHost, {kGuest.user, unknown, kHost.user}, once);
  EXPECT_EQ((*again)[0].answer->invitation.id, (*first)[0].answer->invitation.id);
  EXPECT_EQ(std::ranges::count(events, "invitation.created"), 1);
  EXPECT_EQ(std::ranges::count(events, "invitation.resent"), 0);
  EXPECT_EQ(refusal(batch(kGuest, {stranger.user, unknown})), "not_permitted") << "as a whole";
  EXPECT_EQ(refusal(batch(kHost, {})), "invalid_request");
  EXPECT_EQ(refusal(batch(kHost, {unknown, unknown})), "invalid_request");
  std::vector<UserId> many;
  for (std::size_t i = 0; i <= limits::kBatch; ++i) many.emplace_back("u" + std::to_string(i));
  EXPECT_EQ(refusal(batch(kHost, many)), "invalid_request");
}

TEST_F(InvitationsTest, NotWhoTakesNone) {  // S-023
  const RoomId room = create_room();
  const auto take = [&](bool on) {
    return ask<User>([&](auto done) { app.users().take_invitations(kGuest, on, {}, done); });
  };
  EXPECT_FALSE(take(false)->takes_invitations);
  EXPECT_EQ(refusal(invite(room, kGuest.user)), "invitee_unavailable");
  EXPECT_FALSE(ask<User>([&](auto done) { app.users().me(kGuest, done); })->takes_invitations);
  app.users().seen({kGuest.user, "Another name"});
  EXPECT_EQ(refusal(invite(room, kGuest.user)), "invitee_unavailable") << "another name is no change of mind";
  take(true);
  EXPECT_EQ(refusal(invite(room, kGuest.user)), "");
}

TEST_F(InvitationsTest, WhatThePageSaysOfItselfCounts) {  // S-032, S-033
  const RoomId room = create_room();
  ask<Room>([&](auto done) {
    app.rooms().update(
        kHost, room, [](RoomDetails& details) { details.policies.invitees_must_be_ready = true; }, {}, done);
  });
  std::vector<Report> heard;
  app.watching().on_report([&](const Report& report) { heard.push_back(report); });
  const Readiness ready{DeviceReadiness::ready, DeviceReadiness::ready, ConnectionGrade::good, "8.7"};
  app.watching().report(kGuest, room, "connection", ready);
  EXPECT_TRUE(heard.empty()) << "who does not watch says nothing here";
  app.watching().start(kGuest, room, "connection");
  const auto reason = [&] {
    const auto page = ask<WatcherPage>([&](auto done) { app.watching().list(kHost, room, "", {10, ""}, done); });
    const auto& why = page->items.at(0).reason;
    return why ? std::string(info(why->code).name) : "";
  };
  EXPECT_EQ(reason(), "camera_off");
  EXPECT_EQ(refusal(invite(room, kGuest.user)), "camera_off");
  app.watching().report(kGuest, room, "connection", ready);
  ASSERT_EQ(heard.size(), 1u);
  EXPECT_EQ(heard[0].readers, (std::vector{kHost.user}));
  EXPECT_EQ(heard[0].readiness, ready);
  EXPECT_EQ(reason(), "");
  EXPECT_EQ(refusal(invite(room, kGuest.user)), "");
  const auto snapshot = ask<RoomSnapshot>([&](auto done) { app.history().snapshot(kHost, room, done); });
  ASSERT_EQ(snapshot->readiness.size(), 1u);
  EXPECT_EQ(snapshot->readiness[0].second, ready);
  EXPECT_TRUE(ask<RoomSnapshot>([&](auto done) { app.history().snapshot(kGuest, room, done); })->readiness.empty());
}

TEST_F(InvitationsTest, AreSentAgain) {  // S-024
  const RoomId room = create_room();
  const Invitation first = invite(room, kGuest.user)->invitation;
  clock.time += 30s;
  const auto again = ask<Invitation>([&](auto done) { app.invitations().resend(kHost, first.id, {}, done); });
  EXPECT_EQ(again->expires_at, first.expires_at + 30s);
  const auto same = invite(room, kGuest.user);
  EXPECT_FALSE(same->created);
  EXPECT_EQ(same->invitation.id, first.id);
  EXPECT_EQ(refusal(invite(room, UserId{})), "invalid_request");
}

TEST_F(InvitationsTest, ARepeatedKeyGetsWhatHasBecomeOfIt) {
  const RoomId room = create_room();
  const Idempotency key{"k", "digest"};
  const auto first = invite(room, kGuest.user, key);
  EXPECT_EQ(refusal(accept(first->invitation.id)), "");
  const auto again = invite(room, kGuest.user, key);
  EXPECT_TRUE(again->created) << "it was, then";
  EXPECT_EQ(again->invitation.id, first->invitation.id);
  EXPECT_EQ(again->invitation.status, InvitationStatus::accepted);
}

TEST_F(InvitationsTest, WhoWasNeverAskedHasNone) {
  const RoomId room = create_room();
  const auto mine_in = [&](const RoomId& id) {
    return ask<Invitation>([&](auto done) { app.invitations().mine_in_room(kGuest, id, done); });
  };
  EXPECT_EQ(refusal(mine_in(room)), "invitation_not_found");
  EXPECT_EQ(refusal(mine_in(RoomId{"none"})), "room_not_found");
}

}  // namespace
}  // namespace costage::app
