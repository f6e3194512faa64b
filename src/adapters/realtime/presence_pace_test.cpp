#include "adapters/realtime/presence_pace.hpp"

#include <gtest/gtest.h>

namespace costage::realtime {
namespace {

using domain::RoomId;
using Rooms = std::vector<RoomId>;

const RoomId kSmall{"small"}, kBig{"big"};

TEST(PresencePace, ASmallRoomIsToldInTheNextTurn) {  // N-039, N-040
  PresencePace pace;
  EXPECT_TRUE(pace.idle());
  pace.note(kSmall, PresencePace::kToldPerTurn);
  pace.note(kSmall, PresencePace::kToldPerTurn);
  EXPECT_FALSE(pace.idle());
  EXPECT_EQ(pace.turn(), Rooms{kSmall});
  EXPECT_TRUE(pace.idle());
}

TEST(PresencePace, ABigRoomIsToldLessOftenAndKeepsNobodyWaiting) {
  PresencePace pace;
  pace.note(kBig, 2 * PresencePace::kToldPerTurn + 1);
  EXPECT_EQ(pace.turn(), Rooms{});
  pace.note(kBig, 5 * PresencePace::kToldPerTurn);  // many come: that puts nothing off
  pace.note(kSmall, 0);
  EXPECT_EQ(pace.turn(), Rooms{kSmall});
  EXPECT_EQ(pace.turn(), Rooms{kBig});
  EXPECT_EQ(pace.turn(), Rooms{});
}

}  // namespace
}  // namespace costage::realtime
