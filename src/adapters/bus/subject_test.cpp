#include "adapters/bus/subject.hpp"

#include <gtest/gtest.h>

namespace costage::bus {
namespace {

TEST(Subject, IsWordsWithDotsBetween) {
  for (const char* good : {"hints", "frames.room-1", "A_b.9"}) EXPECT_TRUE(is_subject(good)) << good;
  for (const char* bad : {"", ".", "a.", ".a", "a..b", "a b", "a.*", "a.>", "a\r\nPUB", "\xc3\xa4"})
    EXPECT_FALSE(is_subject(bad)) << bad;
  EXPECT_EQ(full_subject("hints"), "costage.hints");
}

}  // namespace
}  // namespace costage::bus
