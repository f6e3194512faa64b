#include "sfu/rounds.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>

namespace costage::sfu {
namespace {

TEST(Rounds, EverybodyHasATurnInEachRoundAndNotAllAtOnce) {
  std::array<int, 50> peers{};
  Rounds<int> rounds;
  for (int& peer : peers) rounds.add(&peer);
  rounds.remove(&peers[7]);
  std::map<const int*, int> slow, fast;
  for (std::size_t i = 0; i < kRoundShares; ++i, rounds.step()) {
    std::size_t at_once = 0;
    rounds.each(kRoundShares, [&](int& peer) { ++slow[&peer], ++at_once; });
    rounds.each(5, [&](int& peer) { ++fast[&peer]; });
    EXPECT_LE(at_once, 3U);
  }
  EXPECT_EQ(slow.size(), peers.size() - 1);
  for (const auto& [peer, turns] : slow) EXPECT_EQ(turns, 1);
  for (const auto& [peer, turns] : fast) EXPECT_EQ(turns, 4);
}

}  // namespace
}  // namespace costage::sfu
