#include "sfu/wire/bits.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace costage::sfu {
namespace {

TEST(Bits, ReadsFromHighToLow) {
  const Buffer bytes = {0b1010'0101, 0xff};
  BitReader in(bytes);
  EXPECT_TRUE(in.flag());
  EXPECT_EQ(in.bits(3), 0b010u);
  EXPECT_EQ(in.bits(8), 0b0101'1111u);
  EXPECT_TRUE(in.ok());
  EXPECT_EQ(in.bits(5), 0u);
  EXPECT_FALSE(in.ok());
  EXPECT_EQ(in.bits(1), 0u) << "stays failed";
}

TEST(Bits, AWriterStopsAtItsEnd) {
  Buffer bytes = {0xff, 0xff};
  BitWriter out(bytes);
  out.bits(0b101, 3);
  EXPECT_EQ(out.bytes(), 1u);
  EXPECT_EQ(bytes[0], 0b1010'0000);
  out.bits(0, 14);
  EXPECT_FALSE(out.ok());
  EXPECT_EQ(out.bytes(), 1u);
}

// The table of the AV1 RTP specification, section A.8.2: 00, 01, 10, 110, 111.
TEST(Bits, NsTakesOneBitLessForLowValues) {
  Buffer bytes(2);
  BitWriter out(bytes);
  for (std::uint32_t v = 0; v < 5; ++v) out.ns(5, v);
  EXPECT_EQ(bytes, (Buffer{0b0001'1011, 0b0111'0000}));
}

RC_GTEST_PROP(BitsProperty, WrittenNsIsRead, ()) {
  const auto n = *rc::gen::inRange<std::uint32_t>(1, 64);
  const auto v = *rc::gen::inRange<std::uint32_t>(0, n);
  Buffer bytes(1);
  BitWriter out(bytes);
  out.ns(n, v);
  BitReader in(bytes);
  RC_ASSERT(in.ns(n) == v);
  RC_ASSERT(in.ok() && out.ok());
}

}  // namespace
}  // namespace costage::sfu
