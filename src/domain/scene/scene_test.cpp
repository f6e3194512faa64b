#include "domain/scene/scene.hpp"

#include <gtest/gtest.h>

#include "domain/limits.hpp"
#include "domain/testing/show.hpp"

namespace costage::domain {
namespace {

using namespace testing;

TEST(Scene, IsTheSameForEverybodyAndTheHostsToChoose) {
  Show show;
  const Scene scene{Layout::spotlight, kGuest.user, {kOther.user, kGuest.user}};
  EXPECT_EQ(show(SetScene{kGuest, scene}), "not_permitted");
  EXPECT_EQ(show(SetScene{kHost, scene}), "");
  EXPECT_EQ(show.last.at(0).type, EventType::scene_changed);
  EXPECT_EQ(show.state.scene, scene);
  EXPECT_EQ(show(SetScene{kHost, scene}), "");
  EXPECT_TRUE(show.last.empty()) << "nothing changed";
  EXPECT_EQ(show(StopRoom{kHost}), "");
  EXPECT_EQ(show(SetScene{kHost, {}}), "room_ended");
}

TEST(Scene, NamesEachOnceAndNotMoreThanCanBeThere) {
  Show show;
  EXPECT_EQ(show(SetScene{kHost, {Layout::grid, {}, {kGuest.user, kGuest.user}}}), "invalid_request");
  EXPECT_EQ(show(SetScene{kHost, {Layout::grid, {}, {UserId{""}}}}), "invalid_request");
  EXPECT_EQ(show(SetScene{kHost, {Layout::grid, UserId{" "}, {}}}), "invalid_request");
  Scene many;
  for (std::size_t i = 0; i <= limits::kOnStage; ++i) many.order.emplace_back("u" + std::to_string(i));
  EXPECT_EQ(show(SetScene{kHost, many}), "invalid_request");
  many.order.pop_back();
  EXPECT_EQ(show(SetScene{kHost, many}), "");
}

TEST(Scene, ACoHostWhoModeratesMayChooseToo) {  // S-012
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  EXPECT_EQ(show(SetScene{kGuest, {Layout::grid, {}, {}}}), "not_permitted");
  EXPECT_EQ(show(SetPermissions{kHost, kGuest.user, {.moderate = true}}), "");
  EXPECT_EQ(show(SetScene{kGuest, {Layout::grid, {}, {}}}), "");
}

}  // namespace
}  // namespace costage::domain
