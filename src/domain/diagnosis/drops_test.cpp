#include "domain/diagnosis/drops.hpp"

#include <gtest/gtest.h>

#include "domain/testing/show.hpp"

namespace costage::domain {
namespace {

using namespace testing;

class DropsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    show.go_live();
    show.bring_on_stage(kGuest);
  }
  void lose() { EXPECT_EQ(show(MediaInterrupted{kGuest.user}), ""); }
  void come_back_after(std::chrono::milliseconds time) {
    show.now += time;
    EXPECT_EQ(show(MediaJoined{kGuest.user, show.seat(kGuest)->lease}), "");
  }
  [[nodiscard]] Drops drops() const { return count_drops(show.history, kGuest.user, show.now - 10min); }

  Show show;
};

TEST_F(DropsTest, AreCountedWithTheTimeThatTheLastOneTook) {  // S-095
  EXPECT_EQ(drops(), Drops{});
  lose();
  const WallTime first = show.now;
  EXPECT_EQ(drops(), (Drops{1, first, {}, {}}));
  come_back_after(3s);
  lose();
  const WallTime second = show.now;
  come_back_after(1500ms);
  EXPECT_EQ(drops(), (Drops{2, second, 1500ms, {}}));
  EXPECT_EQ(count_drops(show.history, kOther.user, show.now - 10min), Drops{});
}

TEST_F(DropsTest, AnInterruptionThatBecomesADepartureIsOne) {
  lose();
  show.now += 1s;
  EXPECT_EQ(show(MediaLeft{kGuest.user}), "");
  EXPECT_EQ(drops().losses, 1);
}

TEST_F(DropsTest, WhoLeavesDidNotDrop) {
  lose();
  come_back_after(2s);
  const Drops before = drops();
  EXPECT_EQ(show(MediaLeft{kGuest.user}), "");
  EXPECT_EQ(show(LeaveStage{kGuest}), "");
  EXPECT_EQ(drops(), before);
}

TEST_F(DropsTest, ASeatThatWasGivenBackIsSaidUntilThereIsAnother) {
  lose();
  show.now += 61s;
  EXPECT_EQ(show(TimePassed{}), "");
  EXPECT_EQ(drops().losses, 1);
  EXPECT_EQ(drops().timed_out, show.now);
  EXPECT_EQ(show.open_lease(kGuest), "");
  EXPECT_FALSE(drops().timed_out);
}

TEST_F(DropsTest, AreForgotten) {
  lose();
  come_back_after(1s);
  show.now += 10min;
  EXPECT_EQ(drops(), Drops{});
}

}  // namespace
}  // namespace costage::domain
