#include "sfu/deadlines.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <memory>

#include "base/rng.hpp"

namespace costage::sfu {
namespace {

Instant at(std::int64_t us) { return Instant{Duration{us}}; }

TEST(Deadlines, TheEarliestIsFirstAndStaysUntilItIsMoved) {
  Deadlines all;
  Deadlines::Entry a(all), b(all), c(all);
  EXPECT_EQ(all.next(), kNever);
  a.set_deadline(at(30));
  b.set_deadline(at(10));
  c.set_deadline(at(20));
  EXPECT_EQ(all.next(), at(10));
  EXPECT_EQ(all.due(at(9)), nullptr);
  EXPECT_EQ(all.due(at(10)), &b);
  EXPECT_EQ(all.due(at(10)), &b);
  b.set_deadline(at(40));
  EXPECT_EQ(all.due(at(100)), &c);
  c.set_deadline(kNever);
  EXPECT_EQ(all.due(at(100)), &a);
  EXPECT_EQ(all.waiting(), 2U);
}

TEST(Deadlines, WhoIsGoneIsWaitedForNoMore) {
  Deadlines all;
  Deadlines::Entry stays(all);
  stays.set_deadline(at(2));
  {
    Deadlines::Entry goes(all);
    goes.set_deadline(at(1));
  }
  EXPECT_EQ(all.due(at(5)), &stays);
  EXPECT_EQ(all.waiting(), 1U);
}

// Whatever happens, it gives what a sorted list would.
TEST(Deadlines, AgreeWithASortedList) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    SeededRng rng(seed);
    Deadlines all;
    std::vector<std::unique_ptr<Deadlines::Entry>> entries;
    std::map<const Deadlines::Entry*, Instant> expected;
    for (int step = 0; step < 2000; ++step) {
      if (entries.empty() || rng.below(20) == 0) entries.push_back(std::make_unique<Deadlines::Entry>(all));
      const std::size_t i = rng.below(static_cast<std::uint32_t>(entries.size()));
      expected.erase(entries[i].get());
      if (rng.below(30) == 0) {
        entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(i));
      } else {
        const Instant when = rng.below(5) == 0 ? kNever : at(rng.below(1000));
        entries[i]->set_deadline(when);
        if (when != kNever) expected[entries[i].get()] = when;
      }
      ASSERT_EQ(all.waiting(), expected.size());
      Instant first = kNever;
      for (const auto& [entry, when] : expected) first = std::min(first, when);
      ASSERT_EQ(all.next(), first);
      if (const Deadlines::Entry* due = all.due(at(1000))) {
        ASSERT_EQ(expected.at(due), first);
      }
    }
  }
}

}  // namespace
}  // namespace costage::sfu
