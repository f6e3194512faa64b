#include "adapters/contract/time.hpp"

#include <gtest/gtest.h>

namespace costage::contract {
namespace {

TEST(Times, AreReadAsTheyAreWritten) {
  for (const char* text : {"2026-11-21T10:00:00.000Z", "1999-12-31T23:59:59.999Z", "2028-02-29T00:00:00.001Z"}) {
    const auto time = time_from(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(iso8601(*time), text);
  }
}

TEST(Times, MayHaveAnyFractionAndOffset) {
  const auto written = [](std::string_view text) { return iso8601(time_from(text).value()); };
  EXPECT_EQ(written("2026-11-21T10:00:00Z"), "2026-11-21T10:00:00.000Z");
  EXPECT_EQ(written("2026-11-21t10:00:00.25z"), "2026-11-21T10:00:00.250Z");
  EXPECT_EQ(written("2026-11-21T10:00:00.123456789Z"), "2026-11-21T10:00:00.123Z");
  EXPECT_EQ(written("2026-11-21T10:00:00+05:30"), "2026-11-21T04:30:00.000Z");
  EXPECT_EQ(written("2026-12-31T20:00:00-08:00"), "2027-01-01T04:00:00.000Z");
}

TEST(Times, ThatAreNoneAreRefused) {
  for (const char* text :
       {"", "2026-11-21", "2026-11-21T10:00Z", "2026-11-21T10:00:00", "2026-02-29T10:00:00Z", "2026-00-10T10:00:00Z",
        "2026-13-10T10:00:00Z", "2026-11-00T10:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T10:60:00Z",
        "2026-11-21T10:00:60Z", "2026-11-21T10:00:00.Z", "2026-11-21T10:00:00Zx", " 2026-11-21T10:00:00Z",
        "2026-11-21T10:00:00+1:00", "2026-11-21T10:00:00+24:00", "+026-11-21T10:00:00Z", "2026/11/21T10:00:00Z",
        "tomorrow"})
    EXPECT_FALSE(time_from(text)) << text;
}

}  // namespace
}  // namespace costage::contract
