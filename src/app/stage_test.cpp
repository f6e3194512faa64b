#include "app/stage.hpp"

#include "app/use_cases_test.hpp"

namespace costage::app {
namespace {

class StageTest : public UseCases {
 protected:
  domain::Answer<BroadcasterData> broadcaster_once(const Caller& who, const RoomId& room,
                                                   const MaybeIdempotency& once) {
    return ask<BroadcasterData>([&](auto done) { app.stage().broadcaster(who, room, {}, once, done); });
  }
  domain::Answer<MediaCredentials> viewer(const RoomId& room) {
    return ask<MediaCredentials>([&](auto done) { app.stage().viewer(kGuest, room, done); });
  }
  domain::Answer<StageView> get(const RoomId& room) {
    return ask<StageView>([&](auto done) { app.stage().get(kGuest, room, done); });
  }
};

TEST_F(StageTest, IsSeenByAnybody) {
  const RoomId room = create_room();
  go_on_air(kHost, room);
  EXPECT_EQ(get(room)->stage.seats.size(), 1u);
  EXPECT_EQ(refusal(get(RoomId{"none"})), "room_not_found");
}

TEST_F(StageTest, ARepeatedKeyIsGoodAsLongAsItsLease) {
  const RoomId room = create_room();
  go_on_air(kHost, room);
  bring_guest_on_stage(room);
  const Idempotency key{"k", "digest"};
  const auto first = broadcaster_once(kGuest, room, key);
  EXPECT_EQ(broadcaster_once(kGuest, room, key)->lease, first->lease);
  ask<StageView>([&](auto done) { app.stage().leave(kGuest, room, {}, done); });
  EXPECT_EQ(refusal(broadcaster_once(kGuest, room, key)), "not_on_stage");
  ask<Room>([&](auto done) { app.rooms().stop(kHost, room, {}, done); });
  EXPECT_EQ(refusal(broadcaster_once(kGuest, room, key)), "room_ended");
}

TEST_F(StageTest, NobodyWatchesWhatIsOverOrNotThere) {
  const RoomId room = create_room();
  EXPECT_EQ(refusal(viewer(room)), "");
  EXPECT_EQ(refusal(viewer(RoomId{"none"})), "room_not_found");
  ask<Room>([&](auto done) { app.rooms().stop(kHost, room, {}, done); });
  EXPECT_EQ(refusal(viewer(room)), "room_ended");
}

TEST_F(StageTest, WithoutATokenThereIsNoAnswer) {
  const RoomId room = create_room();
  server.mints = false;
  EXPECT_EQ(refusal(viewer(room)), "unavailable");
  EXPECT_EQ(refusal(broadcaster(kHost, room)), "unavailable");
}

TEST_F(StageTest, WhatMediaReportsChangesTheSeat) {
  const RoomId room = create_room();
  go_on_air(kHost, room);
  const LeaseId lease = bring_guest_on_stage(room);
  const Identity guest = on_stage_as(kGuest.user);
  const auto seat = [&] { return *get(room)->stage.find(kGuest.user); };
  media(MediaDevicesChanged{room, guest, MediaDevice::muted, MediaDevice::on, true});
  EXPECT_EQ(seat().microphone, Device::muted);
  media(ParticipantInterrupted{room, guest});
  EXPECT_EQ(seat().link, Link::interrupted);
  media(ParticipantJoined{room, guest, {}});
  EXPECT_EQ(seat().link, Link::up) << "a connection that was promoted in place";
  media(MediaQualityChanged{room, guest, MediaQuality::poor});
  media(ParticipantLeft{room, guest, "timeout"});
  EXPECT_EQ(seat().link, Link::absent);
  media(ParticipantJoined{room, guest, lease});
  EXPECT_EQ(seat().link, Link::up);
  media(ParticipantLeft{room, Identity{"guest#window"}, "client"});
  EXPECT_EQ(seat().link, Link::up) << "a viewer's connection is none of a seat";
}

TEST_F(StageTest, WhoIsSwitchedOffIsMutedAtTheMediaServer) {  // S-082
  const RoomId room = create_room();
  go_on_air(kHost, room);
  bring_guest_on_stage(room);
  const auto off = ask<StageView>([&](auto done) {
    app.stage().switch_off(kHost, room, kGuest.user, {.microphone = true, .screen = true}, {}, done);
  });
  EXPECT_EQ(refusal(off), "");
  EXPECT_TRUE(server.was_told("mute guest microphone screen"));
}

TEST_F(StageTest, TheShowGoesOnWithWhoStandsIn) {  // D12
  const RoomId room = create_room();
  go_on_air(kHost, room);
  bring_guest_on_stage(room);
  ask<Room>([&](auto done) { app.rooms().name_successor(kHost, room, kGuest.user, {}, done); });
  media(ParticipantLeft{room, on_stage_as(kHost.user), "client"});
  EXPECT_EQ(UseCases::get(room).acting_host, kGuest.user);
  const auto stop = [&] { return ask<Room>([&](auto done) { app.rooms().stop(kGuest, room, {}, done); }); };
  EXPECT_EQ(refusal(stop()), "host_may_return");
  wait(60s);
  EXPECT_EQ(UseCases::get(room).status, RoomStatus::live);
  EXPECT_EQ(refusal(stop()), "");
}

}  // namespace
}  // namespace costage::app
