// The messages other than TWCC, which has a test of its own: known bytes in, written bytes back.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

#include "sfu/wire/rtcp/compound.hpp"
#include "sfu/wire/rtcp/fir.hpp"
#include "sfu/wire/rtcp/nack.hpp"
#include "sfu/wire/rtcp/pli.hpp"
#include "sfu/wire/rtcp/receiver_report.hpp"
#include "sfu/wire/rtcp/remb.hpp"
#include "sfu/wire/rtcp/sdes.hpp"
#include "sfu/wire/rtcp/sender_report.hpp"

namespace costage::sfu::rtcp {
namespace {

struct Output {
  std::array<std::uint8_t, 1500> block{};
  ByteWriter writer{block};
  Bytes view() const { return writer.written(); }
  Buffer bytes() const { return {writer.written().begin(), writer.written().end()}; }
};

std::optional<Packet> only(Bytes bytes) {
  auto compound = Compound::parse(bytes);
  return compound ? compound->next() : std::nullopt;
}

const ReportBlock kBlock{0x11223344, 25, -3, 0x00010005, 90, 0xaabbccdd, 65536};

TEST(Rtcp, SenderReportOnTheWire) {
  Output out;
  SenderReport{.ssrc = 1, .ntp = 0x0102030405060708, .rtp = 9, .packets = 10, .octets = 11}.write(
      out.writer, std::span(&kBlock, 1));
  EXPECT_EQ(out.bytes(),
            (Buffer{0x81, 200, 0, 12, 0, 0,  0, 1,  1,    2,    3,    4,    5,    6,    7,  8,    0,    0,
                    0,    9,   0, 0,  0, 10, 0, 0,  0,    11,   0x11, 0x22, 0x33, 0x44, 25, 0xff, 0xff, 0xfd,
                    0,    1,   0, 5,  0, 0,  0, 90, 0xaa, 0xbb, 0xcc, 0xdd, 0,    1,    0,  0}));
  const auto r = SenderReport::parse(*only(out.view()));
  ASSERT_TRUE(r);
  EXPECT_EQ(r->ntp, 0x0102030405060708u);
  EXPECT_EQ(r->octets, 11u);
  ASSERT_EQ(r->reports.size(), 1u);
  EXPECT_EQ(r->reports[0], kBlock);
}

TEST(Rtcp, ReceiverReportNeedsItsBlocks) {
  Output out;
  ReceiverReport{.ssrc = 7}.write(out.writer, std::span(&kBlock, 1));
  Packet packet = *only(out.view());
  ASSERT_TRUE(ReceiverReport::parse(packet));
  EXPECT_EQ(ReceiverReport::parse(packet)->reports[0], kBlock);
  packet.count = 2;
  EXPECT_FALSE(ReceiverReport::parse(packet));
}

TEST(Rtcp, CumulativeLossSaturates) {
  Output out;
  ReportBlock block;
  block.cumulative_lost = 0x01000000;
  block.write(out.writer);
  ByteReader in(out.writer.written());
  EXPECT_EQ(ReportBlock::read(in).cumulative_lost, 0x7fffff);
}

TEST(Rtcp, SdesNames) {
  for (const std::string_view name : {"", "a", "ab", "abc", "abcd", "user@host"}) {
    Output out;
    Sdes::write(out.writer, {5, name});
    auto sdes = Sdes::parse(only(out.view()).value());
    ASSERT_TRUE(sdes) << name;
    const auto chunk = sdes->next();
    ASSERT_TRUE(chunk);
    EXPECT_EQ(chunk->ssrc, 5u);
    EXPECT_EQ(chunk->cname, name);
    EXPECT_FALSE(sdes->next());
  }
}

TEST(Rtcp, SdesWithTwoChunksAndOtherItems) {
  const Buffer bytes = {0x82, 202, 0, 6, 0, 0, 0, 1, 2,   1,   'x', 1, 1, 'a',
                        0,    0,   0, 0, 0, 2, 1, 2, 'b', 'c', 0,   0, 0, 0};
  auto sdes = Sdes::parse(only(bytes).value());
  ASSERT_TRUE(sdes);
  EXPECT_EQ(sdes->next()->cname, "a");
  EXPECT_EQ(sdes->next()->cname, "bc");
}

std::vector<std::uint16_t> lost_of(const Nack& nack) {
  std::vector<std::uint16_t> out;
  nack.for_each([&](std::uint16_t sequence) { out.push_back(sequence); });
  return out;
}

TEST(Rtcp, NackOnTheWire) {
  Output out;
  const std::vector<std::uint16_t> lost{65534, 65535, 0, 14, 15};
  Nack::write(out.writer, 1, 2, lost);
  EXPECT_EQ(out.bytes(), (Buffer{0x81, 205, 0, 4, 0, 0, 0, 1, 0, 0, 0, 2, 0xff, 0xfe, 0x80, 0x03, 0, 15, 0, 0}));
  EXPECT_EQ(lost_of(*Nack::parse(*only(out.view()))), lost);
}

TEST(Rtcp, ANackOfBrokenItemsIsNone) {
  // Padding of five bytes leaves three of an item.
  const std::array<std::uint8_t, 20> raw{0xa1, 205, 0, 4, 0, 0, 0, 1, 0, 0, 0, 2, 0, 3, 0, 0, 0, 0, 0, 5};
  const auto packet = only(raw);
  ASSERT_TRUE(packet.has_value());
  EXPECT_FALSE(Nack::parse(*packet));
}

TEST(Rtcp, PliOnTheWire) {
  Output out;
  Pli{1, 0x01020304}.write(out.writer);
  EXPECT_EQ(out.bytes(), (Buffer{0x81, 206, 0, 2, 0, 0, 0, 1, 1, 2, 3, 4}));
  EXPECT_EQ(Pli::parse(*only(out.view()))->media_ssrc, 0x01020304u);
}

TEST(Rtcp, FirOnTheWire) {
  Output out;
  const std::array<Fir::Entry, 2> entries{Fir::Entry{7, 1}, Fir::Entry{8, 255}};
  Fir::write(out.writer, 1, entries);
  const auto fir = Fir::parse(*only(out.view()));
  ASSERT_TRUE(fir);
  ASSERT_EQ(fir->size(), 2u);
  EXPECT_EQ((*fir)[0], entries[0]);
  EXPECT_EQ((*fir)[1], entries[1]);
}

TEST(Rtcp, RembOnTheWire) {
  Output out;
  const std::array<std::uint32_t, 1> ssrcs{0xdecade};
  Remb{.sender_ssrc = 1, .bits_per_second = 1'000'000}.write(out.writer, ssrcs);
  // 1000000 = 250000 << 2
  EXPECT_EQ(out.bytes(), (Buffer{0x8f, 206, 0,   5,   0, 0,    0,    1,    0, 0,    0,    0,
                                 'R',  'E', 'M', 'B', 1, 0x0b, 0xd0, 0x90, 0, 0xde, 0xca, 0xde}));
  const auto remb = Remb::parse(*only(out.view()));
  ASSERT_TRUE(remb);
  EXPECT_EQ(remb->bits_per_second, 1'000'000u);
  EXPECT_EQ(remb->ssrcs[0], 0xdecadeu);
}

TEST(Rtcp, RembBeyondAllNumbersIsUnlimited) {
  const Buffer bytes = {0x8f, 206, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 'R', 'E', 'M', 'B', 0, 0xff, 0xff, 0xff};
  EXPECT_EQ(Remb::parse(*only(bytes))->bits_per_second, UINT64_MAX);
}

RC_GTEST_PROP(RtcpProperty, RembLosesLessThanOneInAHundredThousand, (std::uint64_t rate)) {
  Output out;
  Remb{.bits_per_second = rate}.write(out.writer, {});
  const auto read = Remb::parse(*only(out.view()));
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->bits_per_second <= rate);
  RC_ASSERT(rate - read->bits_per_second <= rate / 100'000);
}

TEST(Rtcp, CompoundIsWalkedInOrder) {
  Output out;
  ReceiverReport{.ssrc = 1}.write(out.writer);
  Sdes::write(out.writer, {1, "me"});
  Pli{1, 2}.write(out.writer);
  const Bytes bytes = out.view();
  auto compound = Compound::parse(bytes);
  ASSERT_TRUE(compound);
  EXPECT_TRUE(compound->next()->is(Type::receiver_report));
  EXPECT_TRUE(compound->next()->is(Type::sdes));
  EXPECT_TRUE(compound->next()->is(Type::payload_feedback, kPli));
  EXPECT_FALSE(compound->next());
  for (std::size_t n = 0; n < bytes.size(); ++n)
    EXPECT_EQ(Compound::parse(bytes.first(n)).has_value(), n == 8 || n == 24) << n;
}

TEST(Rtcp, PaddingOnlyAtTheEnd) {
  const Buffer padded = {0xa1, 206, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 4};
  const auto packet = only(padded);
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->body.size(), 8u);
  Buffer followed = padded;
  followed.insert(followed.end(), {0x80, 201, 0, 1, 0, 0, 0, 1});
  EXPECT_FALSE(Compound::parse(followed));
  for (const std::uint8_t padding : {0, 13, 16}) {
    Buffer bad = padded;
    bad.back() = padding;
    EXPECT_FALSE(Compound::parse(bad)) << int{padding};
  }
}

RC_GTEST_PROP(RtcpProperty, NackTellsExactlyWhatWasLost, (std::uint16_t start)) {
  const auto steps =
      *rc::gen::resize(60, rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 40))));
  std::vector<std::uint16_t> lost;
  for (int step : steps) lost.push_back(start = static_cast<std::uint16_t>(start + step));
  Output out;
  Nack::write(out.writer, 1, 2, lost);
  const auto nack = Nack::parse(only(out.view()).value());
  RC_ASSERT(nack.has_value());
  RC_ASSERT(lost_of(*nack) == lost);
}

}  // namespace
}  // namespace costage::sfu::rtcp
