#include "app/pictures.hpp"

#include "app/use_cases_test.hpp"

namespace costage::app {
namespace {

class PicturesTest : public UseCases {
 protected:
  static Picture jpeg(const RoomId& room, const std::string& rest) {
    Picture picture;
    picture.room = room;
    picture.bytes = "\xFF\xD8\xFF" + rest;
    return picture;
  }
  std::string choose(const Caller& who, const RoomId& room, const std::string& cover) {
    return refusal(ask<Room>([&](auto done) { app.pictures().choose_cover(who, jpeg(room, cover), {}, done); }));
  }
  std::string remove(const RoomId& room) {
    return refusal(ask<Room>([&](auto done) { app.pictures().remove_cover(kHost, room, {}, done); }));
  }
  std::string show(const Caller& who, const RoomId& room, const std::string& picture) {
    return refusal(ask<RoomId>([&](auto done) { app.pictures().show_live(who, jpeg(room, picture), {}, done); }));
  }
  std::string seen(const RoomId& room, const Caller& who = kGuest) {
    const auto found = ask<std::optional<Picture>>([&](auto done) { app.pictures().get(who, room, done); });
    if (!found) return refusal(found);
    return *found ? (*found)->bytes.substr(3) : "none";
  }
};

TEST_F(PicturesTest, TheCoverIsSeenUntilItIsTakenAway) {
  const RoomId room = create_room();
  EXPECT_EQ(seen(room), "none");
  EXPECT_EQ(choose(kHost, room, "vase"), "");
  EXPECT_EQ(get(room).cover_at, clock.time);
  EXPECT_EQ(seen(room), "vase");
  EXPECT_EQ(choose(kHost, room, "bowl"), "") << "within the same millisecond";
  EXPECT_EQ(seen(room), "bowl");
  EXPECT_EQ(remove(room), "");
  EXPECT_EQ(seen(room), "none");
  EXPECT_EQ(remove(room), "") << "what is not there is no error";
  EXPECT_THAT(events, ::testing::ElementsAre("room.created", "room.updated", "room.updated", "room.updated"));
}

// N-015
TEST_F(PicturesTest, OfALiveShowTheNewestIsSeenAndTheCoverWins) {
  const RoomId room = create_room();
  EXPECT_EQ(show(kHost, room, "one"), "room_not_live");
  go_on_air(kHost, room);
  EXPECT_EQ(show(kHost, room, "one"), "");
  EXPECT_EQ(show(kHost, room, "two"), "");
  EXPECT_EQ(seen(room), "two");
  choose(kHost, room, "vase");
  EXPECT_EQ(seen(room), "vase");
  remove(room);
  EXPECT_EQ(seen(room), "two");
  ask<Room>([&](auto done) { app.rooms().stop(kHost, room, {}, done); });
  EXPECT_EQ(show(kHost, room, "three"), "room_ended");
  EXPECT_EQ(seen(room), "two") << "the last that was seen of it";
}

TEST_F(PicturesTest, AreTheHostsToGive) {
  const RoomId room = create_room();
  go_on_air(kHost, room);
  EXPECT_EQ(choose(kGuest, room, "vase"), "not_permitted");
  EXPECT_EQ(show(kGuest, room, "one"), "not_permitted");
  EXPECT_EQ(choose(kAdmin, room, "vase"), "");
  EXPECT_EQ(choose(kHost, RoomId{"none"}, "vase"), "room_not_found");
  EXPECT_EQ(seen(RoomId{"none"}), "room_not_found");
}

}  // namespace
}  // namespace costage::app
