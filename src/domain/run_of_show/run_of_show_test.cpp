// S-090: who is next.
#include "domain/run_of_show/run_of_show.hpp"

#include <gtest/gtest.h>

#include "domain/limits.hpp"
#include "domain/testing/show.hpp"

namespace costage::domain {
namespace {

using namespace testing;

const RunOfShow kPlan{{{"Welcome", kHost.user}, {"Clay", kGuest.user}, {"Questions", {}}}, 1};

TEST(RunOfShow, IsTheHostsToSetAndOfWhoModerates) {
  Show show;
  EXPECT_EQ(show(SetRunOfShow{kGuest, kPlan}), "not_permitted");
  EXPECT_EQ(show(SetRunOfShow{kHost, kPlan}), "") << "also before the show";
  EXPECT_EQ(show.last.at(0).type, EventType::run_of_show_changed);
  EXPECT_EQ(show.state.run_of_show, kPlan);
  EXPECT_EQ(show(SetRunOfShow{kHost, kPlan}), "");
  EXPECT_TRUE(show.last.empty()) << "nothing changed";
  show.go_live();
  show.bring_on_stage(kGuest);
  EXPECT_EQ(show(SetRunOfShow{kGuest, {}}), "not_permitted");
  EXPECT_EQ(show(SetPermissions{kHost, kGuest.user, {.moderate = true}}), "");
  EXPECT_EQ(show(SetRunOfShow{kGuest, {}}), "");
  EXPECT_EQ(show(StopRoom{kHost}), "");
  EXPECT_EQ(show(SetRunOfShow{kHost, kPlan}), "room_ended");
}

TEST(RunOfShow, HasTitlesAndAPlaceInTheList) {
  Show show;
  EXPECT_EQ(show(SetRunOfShow{kHost, {{{"", {}}}, {}}}), "invalid_request");
  EXPECT_EQ(show(SetRunOfShow{kHost, {{{"A", UserId{" "}}}, {}}}), "invalid_request");
  EXPECT_EQ(show(SetRunOfShow{kHost, {{{std::string(101, 'a'), {}}}, {}}}), "invalid_request");
  EXPECT_EQ(show(SetRunOfShow{kHost, {{{" ", {}}}, {}}}), "invalid_request");
  EXPECT_EQ(show(SetRunOfShow{kHost, {{{"A", {}}}, limits::kRunOfShow + 1}}), "invalid_request");
  EXPECT_EQ(show(SetRunOfShow{kHost, {{{"A", {}}}, 1}}), "") << "all is done";
  RunOfShow many;
  for (std::size_t i = 0; i <= limits::kRunOfShow; ++i) many.items.push_back({"Item", {}});
  EXPECT_EQ(show(SetRunOfShow{kHost, many}), "invalid_request");
  many.items.pop_back();
  EXPECT_EQ(show(SetRunOfShow{kHost, many}), "");
}

}  // namespace
}  // namespace costage::domain
