#include "app/history.hpp"

#include "app/use_cases_test.hpp"

namespace costage::app {
namespace {

class HistoryTest : public UseCases {
 protected:
  domain::Answer<EventPage> read(const Caller& who, const RoomId& room, std::uint64_t since, std::size_t limit) {
    return ask<EventPage>([&](auto done) { app.history().events(who, room, since, limit, done); });
  }
};

TEST_F(HistoryTest, IsReadFromAnyPlace) {
  const RoomId room = create_room();
  invite(room, kGuest.user);
  const auto all = read(kHost, room, 0, 100);
  EXPECT_EQ(all->items.size(), 2u);
  EXPECT_EQ(all->last_seq, 2u);
  EXPECT_TRUE(all->sight.invitations);
  EXPECT_EQ(read(kHost, room, 0, 1)->items.size(), 1u);
  EXPECT_EQ(read(kHost, room, 0, 0)->items.size(), 1u) << "at least one";
  EXPECT_EQ(read(kHost, room, 2, 100)->items.size(), 0u);
  EXPECT_EQ(refusal(read(kHost, RoomId{"none"}, 0, 1)), "room_not_found");
}

TEST_F(HistoryTest, OfARoomAGuestMayNotWatchNothingIsTold) {
  const RoomId room = create_room();
  Caller guest{UserId{"guest-1"}, "Guest"};
  guest.guest_of = room;
  EXPECT_EQ(refusal(read(guest, room, 0, 1)), "not_permitted");
  EXPECT_EQ(refusal(ask<RoomSnapshot>([&](auto done) { app.history().snapshot(guest, room, done); })), "not_permitted");
  EXPECT_EQ(refusal(ask<RoomSnapshot>([&](auto done) { app.history().snapshot(kHost, RoomId{"none"}, done); })),
            "room_not_found");
}

TEST_F(HistoryTest, TheProgramTellsWhenItIsDueEarlier) {
  int told = 0;
  app.on_wake_changed([&] { ++told; });
  create_room();
  EXPECT_EQ(told, 1);
  EXPECT_FALSE(app.storage_trouble());
  app.on_stop();
  storage.run();
}

TEST_F(HistoryTest, AStartWithoutStorageSaysSo) {
  create_room();
  App again{storage, server, clock, rng};
  std::optional<bool> started;
  storage.full = true;
  again.start([&](bool ok) { started = ok; });
  EXPECT_EQ(started, false);
}

}  // namespace
}  // namespace costage::app
