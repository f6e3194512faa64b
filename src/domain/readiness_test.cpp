#include "domain/readiness.hpp"

#include <gtest/gtest.h>

namespace costage::domain {
namespace {

TEST(Versions, AreNumbersWithPoints) {
  for (const char* good : {"8", "8.7", "8.7.2", "0.0.0.1", "999999"}) EXPECT_TRUE(is_version(good)) << good;
  for (const char* bad :
       {"", ".", "8.", ".8", "8..7", "v8", "8.7-beta", "-8", "8.-7", "1.2.3.4.5", "1000000", " 8", "8 "})
    EXPECT_FALSE(is_version(bad)) << bad;
}

TEST(Versions, AreComparedNumberByNumber) {  // S-032
  EXPECT_TRUE(is_older("8.7.1", "8.7.2"));
  EXPECT_TRUE(is_older("8.7", "8.7.2"));
  EXPECT_TRUE(is_older("8.9", "8.10"));
  EXPECT_FALSE(is_older("8.7.2", "8.7.2"));
  EXPECT_FALSE(is_older("8.7.2.0", "8.7.2"));
  EXPECT_FALSE(is_older("9", "8.7.2"));
  EXPECT_TRUE(is_older("", "0")) << "who does not say it may be any";
  EXPECT_FALSE(is_older("8", ""));
}

}  // namespace
}  // namespace costage::domain
