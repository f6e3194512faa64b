#include "app/followers/media_rights.hpp"

#include <gtest/gtest.h>

#include "app/testing/recorded_media_test.hpp"
#include "domain/testing/show.hpp"

namespace costage::app {
namespace {

using namespace domain;
using namespace domain::testing;

using Log = std::vector<std::string>;

struct MediaRightsTest : ::testing::Test {
  // Follows these events, with the room as it is by now.
  bool follow(const Events& events) {
    here.keep(show.state);
    bool ok = true;
    for (const Event& event : events) rights.follow(show.state.room.id, event, [&](bool done) { ok = ok && done; });
    return ok;
  }
  Show show;
  RoomsHere here;
  testing::RecordedMedia media;
  MediaRights rights{media, here};
};

TEST_F(MediaRightsTest, BeginAndEndWithTheLease) {
  show.go_live();
  follow(show.history);
  EXPECT_EQ(media.take(), (Log{"give host lease1", "give host lease1"}));
  show.bring_on_stage(kGuest);
  follow(show.last);
  EXPECT_EQ(media.take(), Log{}) << "to be on air gives nothing that the seat did not";
  show(RemoveFromStage{kHost, kGuest.user});
  follow(show.last);
  EXPECT_EQ(media.take(), (Log{"take guest from room1"}));
  show(StopRoom{kHost});
  follow(show.last);
  EXPECT_EQ(media.take(), (Log{"take host from room1", "close room1"}));
}

TEST_F(MediaRightsTest, WhatComesLateDoesNotUndoWhatWasDecidedSince) {
  show.go_live();
  show.bring_on_stage(kGuest);
  show(LeaveStage{kGuest});
  const Events left = show.last;
  EXPECT_EQ(show.open_lease(kGuest), "");
  follow(left);
  EXPECT_EQ(media.take(), Log{}) << "they are back by another lease";
  const Events prepared = show.last;
  show(RemoveFromStage{kHost, kGuest.user});
  follow(prepared);
  EXPECT_EQ(media.take(), Log{}) << "that lease is dead by now";
}

TEST_F(MediaRightsTest, AFailureIsPassedOn) {
  show.go_live();
  media.outcome = MediaOutcome::failed;
  EXPECT_FALSE(follow(show.history));
}

TEST(MediaMetadata, SaysWhoIsOnStageByWhat) {
  EXPECT_EQ(media_metadata(nullptr), R"({"role":"viewer"})");
  Seat seat;
  seat.lease = LeaseId{"l1"};
  seat.epoch = 3;
  EXPECT_EQ(media_metadata(&seat), R"({"role":"coHost","leaseId":"l1","epoch":3})");
}

}  // namespace
}  // namespace costage::app
