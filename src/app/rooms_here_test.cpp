#include "app/rooms_here.hpp"

#include <gtest/gtest.h>

#include "domain/testing/show.hpp"

namespace costage::app {
namespace {

using namespace domain;
using namespace domain::testing;
using Users = std::vector<UserId>;

TEST(RoomsHere, KnowsWhoHearsOfTheReadinessOfOthers) {
  Show show;
  RoomsHere here;
  const auto inviters = [&] {
    here.keep(show.state);
    return here.inviters(show.state.room.id);
  };
  show.go_live();
  show.bring_on_stage(kGuest);
  EXPECT_EQ(inviters(), Users{kHost.user});
  EXPECT_EQ(show(SetPermissions{kHost, kGuest.user, {.invite = true}}), "");
  EXPECT_EQ(inviters(), (Users{kHost.user, kGuest.user}));
  EXPECT_EQ(show(SetPermissions{kHost, kGuest.user, {}}), "");
  EXPECT_EQ(show(NameSuccessor{kHost, kGuest.user}), "");
  EXPECT_EQ(inviters(), Users{kHost.user}) << "named, but the host is there";
  EXPECT_EQ(show(MediaLeft{kHost.user}), "");
  EXPECT_EQ(inviters(), (Users{kHost.user, kGuest.user})) << "who stands in has the host's rights";
  EXPECT_EQ(show(StopRoom{kHost}), "");
  EXPECT_EQ(inviters(), Users{});
}

}  // namespace
}  // namespace costage::app
