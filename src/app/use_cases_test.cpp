#include "app/use_cases_test.hpp"

namespace costage::app {
namespace {

TEST_F(UseCases, TheWholeStory) {  // S-002, S-021, S-050, S-053, S-060, S-087
  const RoomId room = create_room();
  const LeaseId host = go_on_air(kHost, room);
  EXPECT_EQ(get(room).status, RoomStatus::live);
  app.watching().start(kGuest, room, "c1");
  const auto invited = invite(room, kGuest.user);
  EXPECT_TRUE(invited->created);
  EXPECT_EQ(refusal(broadcaster(kGuest, room)), "invitation_pending");  // S-054
  EXPECT_EQ(refusal(accept(invited->invitation.id)), "");
  const LeaseId guest = go_on_air(kGuest, room);
  EXPECT_TRUE(server.was_told("promote guest " + guest.value())) << "promoted in place";
  EXPECT_TRUE(server.grants.back().can_publish);
  EXPECT_EQ(server.grants.back().metadata, R"({"role":"coHost","leaseId":")" + guest.value() + R"(","epoch":2})");
  EXPECT_TRUE(alive(room, kHost, host) && alive(room, kGuest, guest));
  EXPECT_EQ(events, (std::vector<std::string>{"room.created", "stage.prepared", "stage.prepared", "stage.joined",
                                              "room.live", "invitation.created", "invitation.accepted",
                                              "stage.prepared", "stage.prepared", "stage.joined"}));
}

TEST_F(UseCases, WhoWatchesHasAnIdentityPerConnection) {
  const RoomId room = create_room();
  go_on_air(kHost, room);
  bring_guest_on_stage(room);
  server.grants.clear();
  for (int window = 0; window < 2; ++window)
    ask<MediaCredentials>([&](auto done) { app.stage().viewer(kGuest, room, done); });
  ASSERT_EQ(server.grants.size(), 2u);
  EXPECT_NE(server.grants[0].identity, server.grants[1].identity);
  for (const MediaGrant& grant : server.grants) {
    EXPECT_THAT(grant.identity.value(), ::testing::StartsWith("guest#"));
    EXPECT_FALSE(grant.can_publish) << "on stage is one connection, and this is another";
    EXPECT_EQ(grant.metadata, R"({"role":"viewer"})");
  }
}

TEST_F(UseCases, AGuestIsCountedAndCannotBeInvited) {
  const RoomId room = create_room();
  go_on_air(kHost, room);
  Caller guest{UserId{"guest-1"}, "Guest"};
  guest.guest_of = room;
  app.watching().start(guest, room, "connection");
  EXPECT_EQ(app.watching().count(room), 1u);
  const auto watchers = ask<WatcherPage>([&](auto done) { app.watching().list(kHost, room, "", {}, done); });
  ASSERT_EQ(watchers->items.size(), 1u);
  EXPECT_EQ(watchers->items[0].reason->code, Code::invitee_is_guest);
  EXPECT_EQ(refusal(invite(room, guest.user)), "invitee_is_guest");
}

TEST_F(UseCases, RemovalAndStopEndLeasesAtOnce) {  // S-004, S-066, S-067, D13
  const RoomId room = create_room();
  go_on_air(kHost, room);
  const LeaseId guest = bring_guest_on_stage(room);
  const auto stage = ask<StageView>([&](auto done) { app.stage().remove(kHost, room, kGuest.user, {}, done); });
  EXPECT_EQ(stage->stage.seats.size(), 1u);
  EXPECT_FALSE(alive(room, kGuest, guest));
  EXPECT_TRUE(server.was_told("remove guest"));
  EXPECT_EQ(refusal(broadcaster(kGuest, room)), "not_invited");
  EXPECT_EQ(refusal(ask<Room>([&](auto done) { app.rooms().stop(kGuest, room, {}, done); })),
            "not_permitted");  // S-008
  EXPECT_EQ(ask<Room>([&](auto done) { app.rooms().stop(kHost, room, {}, done); })->status, RoomStatus::ended);
  EXPECT_TRUE(server.was_told("close"));
  EXPECT_EQ(refusal(broadcaster(kGuest, room)), "room_ended");  // S-056
  EXPECT_THAT(storage.database.revocations().latest(10),
              testing::UnorderedElementsAre(Revocation{room, on_stage_as(kGuest.user), clock.time},
                                            Revocation{room, on_stage_as(kHost.user), clock.time},
                                            Revocation{room, {}, clock.time}));
}

TEST_F(UseCases, LeavingAndComingBackGetsAnotherLease) {  // S-063
  const RoomId room = create_room();
  go_on_air(kHost, room);
  const LeaseId first = bring_guest_on_stage(room);
  EXPECT_TRUE(ask<StageView>([&](auto done) { app.stage().leave(kGuest, room, {}, done); }));
  const LeaseId second = go_on_air(kGuest, room);
  EXPECT_FALSE(alive(room, kGuest, first));
  EXPECT_TRUE(alive(room, kGuest, second));
}

TEST_F(UseCases, InvitationsRunOutByThemselves) {  // S-028, S-030
  const RoomId room = create_room();
  const auto invited = invite(room, kGuest.user);
  wait(10s);  // positions of followers are written
  EXPECT_EQ(app.next_wake(), clock.time + 50s);
  wait(49s);
  EXPECT_EQ(events.back(), "invitation.created");
  wait(1s);
  EXPECT_EQ(events.back(), "invitation.expired");
  EXPECT_EQ(refusal(accept(invited->invitation.id)), "invitation_expired");
}

TEST_F(UseCases, GraceEndsARoomWhoseHostIsGone) {  // D10, N-017
  const RoomId room = create_room();
  go_on_air(kHost, room);
  media(ParticipantLeft{room, on_stage_as(kHost.user), "timeout"});
  EXPECT_EQ(get(room).status, RoomStatus::waiting_reconnect);
  wait(60s);
  EXPECT_EQ(get(room).status, RoomStatus::ended);
}

TEST_F(UseCases, ARestartLeavesNoGhosts) {
  const RoomId room = create_room();
  go_on_air(kHost, room);
  const LeaseId guest = bring_guest_on_stage(room);
  const RoomId early = create_room();
  const auto waiting = invite(early, kGuest.user);
  App again{storage, server, clock, rng};
  bool ok = false;
  again.start([&](bool read) { ok = read; });
  storage.run();
  EXPECT_TRUE(ok);
  EXPECT_EQ(get(room).status, RoomStatus::waiting_reconnect);
  EXPECT_TRUE(alive(again, room, kGuest, guest)) << "within the grace";
  clock.time += 60s;
  again.on_time();
  storage.run();
  EXPECT_EQ(get(room).status, RoomStatus::ended);
  EXPECT_FALSE(alive(again, room, kGuest, guest));
  EXPECT_EQ(refusal(accept(waiting->invitation.id)), "invitation_expired");
}

TEST_F(UseCases, TheSameKeyGetsTheSameAnswer) {
  const Idempotency key{"k1", "POST /rooms {a}"};
  const RoomId room = create_room(key);
  EXPECT_EQ(create_room(key), room);
  EXPECT_EQ(events.size(), 1u) << "done once";
  CreateRoom other;
  other.title = "Other";
  const Idempotency reused{"k1", "POST /rooms {b}"};
  EXPECT_EQ(refusal(ask<Room>([&](auto done) { app.rooms().create(kHost, other, reused, done); })),
            "idempotency_conflict");
  clock.time += limits::kIdempotencyKept;
  EXPECT_NE(create_room(key), room) << "kept for 24 h";
}

TEST_F(UseCases, WhoLosesARaceDecidesAgain) {
  const RoomId room = create_room();
  storage.database.rooms().races_to_lose = UnitOfWork::kTries - 1;
  EXPECT_EQ(refusal(invite(room, kGuest.user)), "");
  EXPECT_EQ(events, (std::vector<std::string>{"room.created", "invitation.created"})) << "once";
  storage.database.rooms().races_to_lose = UnitOfWork::kTries;
  EXPECT_EQ(refusal(invite(room, kGuest.user)), "unavailable") << "not for ever";
}

TEST_F(UseCases, WhatTheMediaServerCouldNotDoIsDoneLater) {  // D13
  const RoomId room = create_room();
  go_on_air(kHost, room);
  bring_guest_on_stage(room);
  server.fail = true;
  ask<StageView>([&](auto done) { app.stage().remove(kHost, room, kGuest.user, {}, done); });
  EXPECT_FALSE(server.was_told("remove guest"));
  wait(1s);
  server.fail = false;
  EXPECT_FALSE(server.was_told("remove guest"));
  wait(2s);
  EXPECT_TRUE(server.was_told("remove guest"));
  ask<Room>([&](auto done) { app.rooms().stop(kHost, room, {}, done); });
  EXPECT_TRUE(server.was_told("close")) << "and goes on in order";
}

TEST_F(UseCases, WhatTheRoomDoesNotHoldIsLookedUp) {
  const RoomId room = create_room();
  const auto first = invite(room, kGuest.user)->invitation.id;
  const auto cancel = [&] {
    return ask<Invitation>([&](auto done) { app.invitations().cancel(kHost, first, {}, done); });
  };
  EXPECT_EQ(refusal(cancel()), "");
  EXPECT_EQ(refusal(cancel()), "invitation_cancelled");
  EXPECT_EQ(refusal(accept(first)), "invitation_cancelled");
  EXPECT_EQ(refusal(broadcaster(kGuest, room)), "invitation_cancelled");
  EXPECT_EQ(ask<Invitation>([&](auto done) { app.invitations().mine_in_room(kGuest, room, done); })->id, first);
  const auto snapshot = ask<RoomSnapshot>([&](auto done) { app.history().snapshot(kHost, room, done); });
  EXPECT_EQ(snapshot->invitations.at(0).status, InvitationStatus::cancelled) << "the host sees how it ended";
  const auto decline = [&](const InvitationId& id) {
    return ask<Invitation>([&](auto done) { app.invitations().reject(kGuest, id, {}, done); })->declines;
  };
  EXPECT_EQ(decline(invite(room, kGuest.user)->invitation.id), 1);
  wait(31s);
  EXPECT_EQ(decline(invite(room, kGuest.user)->invitation.id), 2);
  EXPECT_EQ(ask<RoomSnapshot>([&](auto done) { app.history().snapshot(kGuest, room, done); })->invitations.size(), 1u);
}

TEST_F(UseCases, UnknownPeopleAreNamed) {  // S-022
  const RoomId room = create_room();
  const UserId stranger{"stranger"};
  EXPECT_EQ(refusal(invite(room, stranger)), "user_unknown");
  EXPECT_EQ(refusal(ask<User>([&](auto done) { app.users().put(kHost, {stranger, "S"}, {}, done); })), "not_permitted");
  EXPECT_EQ(refusal(ask<User>([&](auto done) { app.users().put(kAdmin, {stranger, "S"}, {}, done); })), "");
  EXPECT_EQ(refusal(invite(room, stranger)), "");
}

TEST_F(UseCases, OnlyWatchersAreInvitedWhileLive) {  // S-027, N-039
  const RoomId room = create_room();
  go_on_air(kHost, room);
  EXPECT_EQ(refusal(invite(room, kGuest.user)), "invitee_not_watching");
  app.watching().start(kGuest, room, "c1");
  EXPECT_EQ(app.watching().count(room), 1u);
  const auto list = ask<WatcherPage>([&](auto done) { app.watching().list(kHost, room, "GU", {}, done); });
  ASSERT_EQ(list->items.size(), 1u);
  EXPECT_FALSE(list->items[0].reason);
  wait(60s);
  EXPECT_EQ(app.watching().count(room), 0u) << "silent for 60 s";
  EXPECT_EQ(refusal(invite(room, kGuest.user)), "invitee_not_watching");
}

TEST_F(UseCases, TheHostAndThoseOnStageAreNoWatchers) {
  const RoomId room = create_room();
  std::size_t told = 0;
  app.watching().on_change([&](const RoomId& changed) { told = app.watching().count(changed); });
  app.watching().start(kHost, room, "host");
  EXPECT_EQ(app.watching().count(room), 0u) << "also before the show";
  go_on_air(kHost, room);
  app.watching().start(kGuest, room, "guest");
  EXPECT_EQ(told, 1u);
  bring_guest_on_stage(room);
  EXPECT_EQ(told, 0u) << "the count follows the stage";
  EXPECT_EQ(refusal(ask<StageView>([&](auto done) { app.stage().leave(kGuest, room, {}, done); })), "");
  EXPECT_EQ(told, 1u);
}

TEST_F(UseCases, ACursorThatIsNoneIsRefused) {
  const auto rooms = ask<Page<Room>>([&](auto done) { app.rooms().list(kHost, {}, {10, "garbage"}, done); });
  ASSERT_FALSE(rooms);
  EXPECT_EQ(rooms.error().field, "cursor");
}

TEST_F(UseCases, AReplacedConnectionIsNoLoss) {
  const RoomId room = create_room();
  go_on_air(kHost, room);
  media(ParticipantLeft{room, on_stage_as(kHost.user), "replaced"});
  EXPECT_EQ(get(room).status, RoomStatus::live);
}

TEST_F(UseCases, SnapshotShowsWhatTheCallerMaySee) {
  const RoomId room = create_room();
  invite(room, kGuest.user);
  const auto snapshot = [&](const Caller& who) {
    return *ask<RoomSnapshot>([&](auto done) { app.history().snapshot(who, room, done); });
  };
  EXPECT_EQ(snapshot(kHost).invitations.size(), 1u);
  EXPECT_EQ(snapshot(kGuest).invitations.size(), 1u);
  EXPECT_EQ(snapshot({UserId{"other"}, "O", false}).invitations.size(), 0u);
  EXPECT_EQ(snapshot(kHost).seq, 2u);
  EXPECT_EQ(snapshot(kHost).role, Role::host);
}

TEST_F(UseCases, AFullOrFailingStorageIsUnavailableAndChangesNothing) {
  const RoomId room = create_room();
  storage.database.fail_commits = true;
  EXPECT_EQ(refusal(invite(room, kGuest.user)), "unavailable");
  EXPECT_EQ(events.back(), "room.created") << "nothing that is not committed is published";
  storage.database.fail_commits = false;
  storage.full = true;
  EXPECT_EQ(refusal(invite(room, kGuest.user)), "unavailable");
  storage.full = false;
  EXPECT_EQ(refusal(invite(room, kGuest.user)), "");
}

}  // namespace
}  // namespace costage::app
