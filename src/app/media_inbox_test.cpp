#include "app/media_inbox.hpp"

#include "app/use_cases_test.hpp"

namespace costage::app {
namespace {

class MediaInboxTest : public UseCases {
 protected:
  void SetUp() override {
    UseCases::SetUp();
    go_on_air(kHost, room);
  }

  const RoomId room = create_room();
  const Identity host = on_stage_as(kHost.user);
};

TEST_F(MediaInboxTest, WhoLeftWhileTheDiskFailedIsGoneAfterwards) {  // D10, N-017
  storage.database.fail_commits = true;
  media(ParticipantLeft{room, host, "timeout"});
  storage.database.fail_commits = false;
  EXPECT_EQ(get(room).status, RoomStatus::live);
  EXPECT_EQ(app.next_wake(), clock.time + 1s);
  wait(1s);
  EXPECT_EQ(get(room).status, RoomStatus::waiting_reconnect);
}

TEST_F(MediaInboxTest, WhatHappensMeanwhileFollowsInItsOrder) {
  storage.full = true;
  media(MediaDevicesChanged{room, host, MediaDevice::on, MediaDevice::on, true});
  media(ParticipantLeft{room, host, "client"});
  media(MediaDevicesChanged{room, host, MediaDevice::muted, MediaDevice::on, false});
  media(MediaDevicesChanged{room, host, MediaDevice::off, MediaDevice::off, false});
  storage.full = false;
  media(ParticipantLeft{room, host, "client"});
  EXPECT_EQ(events.back(), "room.live") << "nothing overtakes what waits";
  events.clear();
  wait(1s);
  EXPECT_EQ(events, (std::vector<std::string>{"stage.mediaChanged", "stage.mediaChanged", "stage.reconnecting",
                                              "room.waitingReconnect"}))
      << "of each kind the newest";
}

TEST_F(MediaInboxTest, ItIsTriedAgainUntilItIsWritten) {
  storage.full = true;
  media(ParticipantInterrupted{room, host});
  for (int i = 0; i < 3; ++i) wait(1s);
  storage.full = false;
  media(ParticipantJoined{room, host, {}});
  wait(1s);
  EXPECT_EQ(events.back(), "room.live") << "interrupted, then back";
  EXPECT_EQ(get(room).status, RoomStatus::live);
}

TEST_F(MediaInboxTest, WhatWasSeenOfOneLeaseSaysNothingOfTheNext) {  // D13
  storage.full = true;
  media(MediaDevicesChanged{room, host, MediaDevice::on, MediaDevice::on, true});
  storage.full = false;
  ask<StageView>([&](auto done) { app.stage().leave(kHost, room, {}, done); });
  broadcaster(kHost, room);
  wait(1s);
  const auto stage = ask<StageView>([&](auto done) { app.stage().get(kHost, room, done); });
  EXPECT_EQ(stage->stage.seats.at(0).state, SeatState::preparing);
}

}  // namespace
}  // namespace costage::app
