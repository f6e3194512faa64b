#include "base/bytes.hpp"

#include <gtest/gtest.h>

#include <array>

namespace costage {
namespace {

TEST(ByteReader, ReadsBigEndian) {
  const std::array<std::uint8_t, 10> raw{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  ByteReader in{raw};
  EXPECT_EQ(in.u8(), 0x01);
  EXPECT_EQ(in.u16(), 0x0203);
  EXPECT_EQ(in.u24(), 0x040506u);
  EXPECT_EQ(in.u32(), 0x0708090au);
  EXPECT_TRUE(in.ok());
  EXPECT_EQ(in.remaining(), 0u);
}

TEST(ByteReader, StaysFailedOnceItRanPastTheEnd) {
  const std::array<std::uint8_t, 3> raw{1, 2, 3};
  ByteReader in{raw};
  EXPECT_EQ(in.u32(), 0u);
  EXPECT_FALSE(in.ok());
  EXPECT_EQ(in.u8(), 0u) << "a failed reader gives nothing, even where a byte is left";
  EXPECT_TRUE(in.take(1).empty());
}

TEST(ByteWriter, WritesWhatTheReaderReads) {
  std::array<std::uint8_t, 32> raw{};
  ByteWriter out{raw};
  out.u8(7);
  out.u24(0xabcdef);
  out.u64(0x1122334455667788ULL);
  out.bytes(as_bytes("hi"));
  out.patch_u16(1, 0x0102);
  ASSERT_TRUE(out.ok());
  ByteReader in{out.written()};
  EXPECT_EQ(in.u8(), 7);
  EXPECT_EQ(in.u24(), 0x0102efu);
  EXPECT_EQ(in.u64(), 0x1122334455667788ULL);
  EXPECT_EQ(as_text(in.rest()), "hi");
}

TEST(ByteWriter, StopsWhereItDoesNotFit) {
  std::array<std::uint8_t, 3> raw{};
  ByteWriter out{raw};
  out.u16(1);
  out.u16(2);
  out.u8(3);
  EXPECT_FALSE(out.ok());
  EXPECT_EQ(out.size(), 2u);
}

}  // namespace
}  // namespace costage
