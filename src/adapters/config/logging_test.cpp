#include "adapters/config/logging.hpp"

#include <gtest/gtest.h>

#include <set>

#include "adapters/config/system_rng.hpp"

namespace costage::config {
namespace {

TEST(Logging, LinesStayJson) { EXPECT_EQ(json_escaped("a\"b\\c\nd\xC3\xA9"), "a\\\"b\\\\c\\u000ad\xC3\xA9"); }

TEST(SystemRng, DoesNotRepeat) {
  SystemRng a, b;
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert({a.next(), b.next()});
  EXPECT_EQ(seen.size(), 2000u);
}

}  // namespace
}  // namespace costage::config
