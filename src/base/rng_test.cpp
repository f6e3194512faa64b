#include "base/rng.hpp"

#include <gtest/gtest.h>

#include <set>

namespace costage {
namespace {

TEST(Rng, TheSameSeedGivesTheSameNumbers) {
  SeededRng a{7}, b{7}, c{8};
  EXPECT_EQ(a.next(), b.next());
  EXPECT_NE(a.next(), c.next());
}

TEST(Rng, BelowStaysBelowAndReachesEverything) {
  SeededRng rng{1};
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 200; ++i) seen.insert(rng.below(6));
  EXPECT_EQ(seen, (std::set<std::uint64_t>{0, 1, 2, 3, 4, 5}));
}

TEST(Rng, TextUsesOnlyUnambiguousCharacters) {
  SeededRng rng{3};
  const std::string text = rng.text(500);
  EXPECT_EQ(text.size(), 500u);
  EXPECT_EQ(text.find_first_of("0OIl1"), std::string::npos);
}

}  // namespace
}  // namespace costage
