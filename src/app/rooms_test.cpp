#include "app/rooms.hpp"

#include "app/use_cases_test.hpp"

namespace costage::app {
namespace {

class RoomsTest : public UseCases {
 protected:
  template <class F>
  domain::Answer<Room> room(F start) {
    return ask<Room>(start);
  }
};

TEST_F(RoomsTest, AChangeIsReadOntoTheDetailsAsTheyAre) {
  const RoomId id = create_room();
  const auto update = [&](const Caller& who, ChangeDetails change) {
    return room([&](auto done) { app.rooms().update(who, id, change, {}, done); });
  };
  EXPECT_EQ(update(kHost, [](RoomDetails& details) { details.description = "All must go"; })->title, "Sale");
  EXPECT_EQ(update(kHost, [](RoomDetails& details) { details.title = "Last day"; })->description, "All must go");
  EXPECT_EQ(refusal(update(kGuest, [](RoomDetails&) {})), "not_permitted");
  EXPECT_EQ(refusal(update(kHost, [](RoomDetails& details) { details.metadata = std::string(20'000, 'x'); })),
            "invalid_request");
  EXPECT_EQ(refusal(update(kHost, [](RoomDetails& details) { details.description = std::string(5'001, 'x'); })),
            "invalid_request");
}

TEST_F(RoomsTest, AHostWhoIsKnownHasTheirName) {
  const auto create = [&](const Caller& who, const UserId& host) {
    CreateRoom command;
    command.title = "Sale";
    command.host = host;
    return room([&](auto done) { app.rooms().create(who, command, {}, done); });
  };
  EXPECT_EQ(create(kAdmin, kGuest.user)->host_name, "Gus");
  EXPECT_EQ(create(kAdmin, UserId{"stranger"})->host_name, "stranger");
  EXPECT_EQ(refusal(create(kAdmin, UserId{"two\nlines"})), "invalid_request");
  EXPECT_EQ(refusal(create(kHost, kGuest.user)), "not_permitted");
}

TEST_F(RoomsTest, AreListedInPagesToWhoMayListThem) {
  for (int i = 0; i < 3; ++i) {
    clock.time += 1s;
    create_room();
  }
  const auto list = [&](const Caller& who, const PageRequest& page) {
    return ask<Page<Room>>([&](auto done) { app.rooms().list(who, {}, page, done); });
  };
  const auto first = list(kHost, {2, ""});
  EXPECT_EQ(first->items.size(), 2u);
  EXPECT_EQ(list(kHost, {2, first->next_cursor})->items.size(), 1u);
  for (const char* cursor : {"garbage", "12", "12.", "x.id", "1x.id"})
    EXPECT_EQ(refusal(list(kHost, {2, cursor})), "invalid_request") << cursor;
  Caller guest{UserId{"guest-1"}, "Guest"};
  guest.guest_of = first->items[0].id;
  EXPECT_EQ(refusal(list(guest, {})), "not_permitted");
}

TEST_F(RoomsTest, GuestsAreAdmittedWhereTheHostLetsThem) {
  const RoomId id = create_room();
  EXPECT_FALSE(app.rooms().admits_guests(id));
  room([&](auto done) {
    app.rooms().update(kHost, id, [](RoomDetails& details) { details.policies.guests_may_watch = true; }, {}, done);
  });
  EXPECT_TRUE(app.rooms().admits_guests(id));
  room([&](auto done) { app.rooms().stop(kHost, id, {}, done); });
  EXPECT_FALSE(app.rooms().admits_guests(id)) << "over";
  EXPECT_FALSE(app.rooms().admits_guests(RoomId{"none"}));
}

TEST_F(RoomsTest, WhatIsNotThereIsNotFound) {
  const RoomId none{"none"};
  EXPECT_EQ(refusal(room([&](auto done) { app.rooms().get(kHost, none, done); })), "room_not_found");
  EXPECT_EQ(refusal(room([&](auto done) { app.rooms().stop(kHost, none, {}, done); })), "room_not_found");
  app.on_media(ParticipantLeft{none, on_stage_as(kHost.user), "client"});
  storage.run();
}

}  // namespace
}  // namespace costage::app
