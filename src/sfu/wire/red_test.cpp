#include "sfu/wire/red.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "sfu/wire/captured_test.hpp"

namespace costage::sfu::red {
namespace {

// Two packets repeated, 1920 and 960 samples ago, of three and two bytes; all of payload type 111.
const Buffer kTwo = {0xef, 0x1e, 0x00, 0x03, 0xef, 0x0f, 0x00, 0x02, 0x6f, 1, 1, 1, 2, 2, 3, 3, 3, 3};

Buffer copy(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

TEST(Red, ReadsBlocks) {
  const auto p = parse(kTwo);
  ASSERT_TRUE(p);
  ASSERT_EQ(p->redundant().size(), 2u);
  EXPECT_EQ(p->redundant()[0].payload_type, 111);
  EXPECT_EQ(p->redundant()[0].timestamp_offset, 1920);
  EXPECT_EQ(copy(p->redundant()[0].payload), (Buffer{1, 1, 1}));
  EXPECT_EQ(p->redundant()[1].timestamp_offset, 960);
  EXPECT_EQ(copy(p->redundant()[1].payload), (Buffer{2, 2}));
  EXPECT_EQ(p->primary.payload_type, 111);
  EXPECT_EQ(copy(p->primary.payload), (Buffer{3, 3, 3, 3}));
}

TEST(Red, MayRepeatNothing) {
  const Buffer plain = {0x6f, 7};
  const auto p = parse(plain);
  ASSERT_TRUE(p);
  EXPECT_TRUE(p->redundant().empty());
  EXPECT_EQ(copy(p->primary.payload), (Buffer{7}));
}

TEST(Red, RefusesWhatIsCut) {
  for (std::size_t n = 0; n <= kTwo.size() - 4; ++n) EXPECT_FALSE(parse(Bytes(kTwo).first(n))) << n;
}

TEST(Red, HasALimitOfBlocks) {
  Buffer many;
  for (std::size_t i = 0; i < kMaxRedundant; ++i) many.insert(many.end(), {0xef, 0, 0, 0});
  many.insert(many.end(), {0x6f, 1});
  EXPECT_TRUE(parse(many));
  many.insert(many.begin(), {0xef, 0, 0, 0});
  EXPECT_FALSE(parse(many));
}

TEST(Red, WritesWhatItRead) {
  Buffer out(kTwo.size());
  ByteWriter w(out);
  ASSERT_TRUE(write(w, *parse(kTwo)));
  EXPECT_EQ(out, kTwo);
  ByteWriter too_little(MutableBytes(out).first(out.size() - 1));
  EXPECT_FALSE(write(too_little, *parse(kTwo)));
  Payload too_early = *parse(kTwo);
  too_early.blocks[0].timestamp_offset = kMaxTimestampOffset + 1;
  ByteWriter again(out);
  EXPECT_FALSE(write(again, too_early));
}

std::vector<std::uint16_t> sequences(const Stripped& s) {
  std::vector<std::uint16_t> numbers;
  for (const Plain& p : s.all()) numbers.push_back(p.sequence);
  return numbers;
}

TEST(Red, GivesTheLostPacketsAndItsOwn) {
  const auto p = parse(kTwo);
  EXPECT_EQ(sequences(strip(*p, 1, 960, 0)), (std::vector<std::uint16_t>{1}));
  EXPECT_EQ(sequences(strip(*p, 1, 960, 0b01)), (std::vector<std::uint16_t>{0, 1}));
  const auto all = strip(*p, 1, 960, ~0u);
  EXPECT_EQ(sequences(all), (std::vector<std::uint16_t>{65535, 0, 1}));
  EXPECT_EQ(all.all()[0].timestamp, static_cast<std::uint32_t>(-960));
  EXPECT_EQ(copy(all.all()[0].payload), (Buffer{1, 1, 1}));
  EXPECT_EQ(all.all()[1].timestamp, 0u);
  EXPECT_EQ(all.all()[2].timestamp, 960u);
  EXPECT_EQ(copy(all.all()[2].payload), (Buffer{3, 3, 3, 3}));
}

TEST(Red, BringsBackEveryCapturedPacketThatIsRepeated) {
  const auto packets = captured("red_opus");
  int repeated = 0;
  for (std::size_t i = 1; i < packets.size(); ++i) {
    const rtp::Packet before = packets[i - 1].rtp();
    const rtp::Packet rtp = packets[i].rtp();
    const auto p = parse(rtp.payload);
    ASSERT_TRUE(p);
    const Stripped s = strip(*p, rtp.header.sequence, rtp.header.timestamp, 1);
    EXPECT_EQ(copy(s.all().back().payload), copy(p->primary.payload));
    if (s.count == 1) continue;  // libwebrtc repeats nothing where it would make the packet too long
    ++repeated;
    EXPECT_EQ(s.all()[0].sequence, before.header.sequence);
    EXPECT_EQ(s.all()[0].timestamp, before.header.timestamp);
    EXPECT_EQ(copy(s.all()[0].payload), copy(parse(before.payload)->primary.payload));
  }
  EXPECT_EQ(repeated, 25);
}

TEST(Red, PassesOverForeignBlocks) {
  Payload p = *parse(kTwo);
  p.blocks[0].payload_type = 13;
  p.blocks[1].payload = {};
  EXPECT_EQ(sequences(strip(p, 9, 0, ~0u)), (std::vector<std::uint16_t>{9}));
}

}  // namespace
}  // namespace costage::sfu::red
