#include "sfu/wire/rtcp/twcc.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <vector>

namespace costage::sfu::rtcp {
namespace {

Instant at(std::int64_t us) { return Instant{Duration{us}}; }

struct Seen {
  std::uint16_t sequence;
  std::optional<std::int64_t> us;
  friend bool operator==(const Seen&, const Seen&) = default;
};

std::vector<Seen> seen(const TransportFeedback& feedback) {
  std::vector<Seen> out;
  feedback.for_each([&](std::uint16_t sequence, std::optional<Duration> arrival) {
    out.push_back({sequence, arrival ? std::optional(arrival->count()) : std::nullopt});
  });
  return out;
}

std::optional<TransportFeedback> parse_only(Bytes bytes) {
  auto compound = Compound::parse(bytes);
  return compound ? TransportFeedback::parse(compound->next().value()) : std::nullopt;
}

TEST(Twcc, ReadsAllKindsOfChunks) {
  // run of 2 small; one-bit vector: 1 0 1, rest 0; two-bit vector: large, lost, small
  const Buffer bytes = {0xaf, 205, 0,    8,    0,    0,    0,    1,    0, 0, 0, 2, 0,    10,   0, 19, 0, 0,
                        2,    5,   0x20, 0x02, 0xa8, 0x00, 0xe1, 0x00, 4, 8, 0, 0, 0xff, 0xfc, 1, 0,  0, 3};
  const auto f = parse_only(bytes);
  ASSERT_TRUE(f);
  EXPECT_EQ(f->base_sequence, 10);
  EXPECT_EQ(f->feedback_count, 5);
  const auto list = seen(*f);
  ASSERT_EQ(list.size(), 19u);
  EXPECT_EQ(list[0], (Seen{10, 129'000}));
  EXPECT_EQ(list[1], (Seen{11, 131'000}));
  EXPECT_EQ(list[2], (Seen{12, 131'000}));
  EXPECT_EQ(list[3], (Seen{13, std::nullopt}));
  EXPECT_EQ(list[4], (Seen{14, 131'000}));
  EXPECT_EQ(list[16], (Seen{26, 130'000}));
  EXPECT_EQ(list[17], (Seen{27, std::nullopt}));
  EXPECT_EQ(list[18], (Seen{28, 130'250}));
}

TEST(Twcc, WritesARunOfSmallDeltas) {
  std::array<std::uint8_t, TransportFeedback::kMaxSize> block{};
  ByteWriter out(block);
  const std::vector<Instant> arrivals(20, at(64'000 + 500));
  EXPECT_EQ(TransportFeedback::write(out, {1, 2, 65530, 3}, arrivals), 20u);
  const Buffer head(block.begin(), block.begin() + 24);
  EXPECT_EQ(head, (Buffer{0x8f, 205, 0, 10, 0, 0, 0, 1, 0, 0, 0, 2, 0xff, 0xfa, 0, 20, 0, 0, 1, 3, 0x20, 20, 2, 0}));
}

TEST(Twcc, RefusesWhatIsNotAllThere) {
  std::array<std::uint8_t, TransportFeedback::kMaxSize> block{};
  ByteWriter out(block);
  const std::vector<Instant> arrivals{at(0), kNever, at(1'000'000), at(900'000)};
  ASSERT_EQ(TransportFeedback::write(out, {1, 2, 3, 4}, arrivals), 4u);
  const Bytes body = out.written().subspan(4);
  for (std::size_t n = 0; n < 8 + 8 + 2 + 5; ++n)
    EXPECT_FALSE(TransportFeedback::parse({Type::transport_feedback, kTransportCc, body.first(n)})) << n;
  EXPECT_TRUE(TransportFeedback::parse({Type::transport_feedback, kTransportCc, body.first(8 + 8 + 2 + 5)}));
}

TEST(Twcc, RefusesEmptyRunsAndTheReservedSymbol) {
  Buffer bytes = {0x8f, 205, 0, 5, 0, 0, 0, 1, 0, 0, 0, 2, 0, 10, 0, 1, 0, 0, 2, 5, 0x00, 0x00, 0, 0};
  EXPECT_FALSE(parse_only(bytes));
  bytes[20] = 0x60, bytes[21] = 0x01;
  EXPECT_FALSE(parse_only(bytes));
  bytes[20] = 0x20;
  EXPECT_TRUE(parse_only(bytes));
}

TEST(Twcc, NothingArrivedNothingWritten) {
  std::array<std::uint8_t, TransportFeedback::kMaxSize> block{};
  ByteWriter out(block);
  EXPECT_EQ(TransportFeedback::write(out, {}, std::vector<Instant>(5, kNever)), 0u);
  EXPECT_EQ(TransportFeedback::write(out, {}, {}), 0u);
  EXPECT_EQ(out.size(), 0u);
}

TEST(Twcc, AGapTooLongForADeltaEndsTheMessage) {
  std::array<std::uint8_t, TransportFeedback::kMaxSize> block{};
  ByteWriter out(block);
  const std::vector<Instant> arrivals{at(0), kNever, at(9'000'000)};
  EXPECT_EQ(TransportFeedback::write(out, {}, arrivals), 1u);
}

// Writes everything that arrived in as many messages as it takes; every arrival comes back within a tick.
RC_GTEST_PROP(TwccProperty, EveryArrivalIsTold, (std::uint16_t base)) {
  const auto gaps =
      *rc::gen::container<std::vector<int>>(rc::gen::weightedOneOf<int>({{6, rc::gen::inRange(0, 3'000)},
                                                                         {2, rc::gen::inRange(-50'000, 200'000)},
                                                                         {1, rc::gen::inRange(7'000'000, 9'000'000)},
                                                                         {3, rc::gen::just(INT32_MAX)}}));  // lost
  std::vector<Instant> arrivals;
  std::int64_t now = 100'000'000;
  for (int gap : gaps) {
    if (gap != INT32_MAX) now += gap;
    arrivals.push_back(gap == INT32_MAX ? kNever : at(now));
  }
  std::size_t told = 0;
  for (std::span<const Instant> rest = arrivals; !rest.empty();) {
    std::array<std::uint8_t, TransportFeedback::kMaxSize> block{};
    ByteWriter out(block);
    const auto first = static_cast<std::uint16_t>(base + told);
    const std::size_t n = TransportFeedback::write(out, {1, 2, first, 0}, rest);
    if (n == 0) break;
    RC_ASSERT(out.ok());
    const auto f = parse_only(out.written());
    RC_ASSERT(f.has_value());
    const auto list = seen(*f);
    RC_ASSERT(list.size() == n);
    for (std::size_t i = 0; i < n; ++i) {
      RC_ASSERT(list[i].sequence == static_cast<std::uint16_t>(first + i));
      RC_ASSERT(list[i].us.has_value() == (rest[i] != kNever));
      if (!list[i].us) continue;
      const std::int64_t error = rest[i].time_since_epoch().count() - *list[i].us;
      RC_ASSERT(error >= 0 && error < kTwccTickUs);
    }
    told += n;
    rest = rest.subspan(n);
  }
  for (std::size_t i = told; i < arrivals.size(); ++i) RC_ASSERT(arrivals[i] == kNever);
}

TEST(Twcc, AThousandScatteredPacketsNeedMoreThanOneMessage) {
  std::vector<Instant> arrivals;
  for (int i = 0; i < 1000; ++i) arrivals.push_back(at(i * 100'000));
  std::array<std::uint8_t, TransportFeedback::kMaxSize> block{};
  ByteWriter out(block);
  const std::size_t n = TransportFeedback::write(out, {}, arrivals);
  EXPECT_GT(n, 400u);
  EXPECT_LT(n, 1000u);
  EXPECT_TRUE(out.ok());
  EXPECT_TRUE(parse_only(out.written()));
}

}  // namespace
}  // namespace costage::sfu::rtcp
