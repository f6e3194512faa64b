#include "sfu/wire/rtp.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

#include "sfu/wire/sequence.hpp"

namespace costage::sfu::rtp {
namespace {

// V=2 P X CC=1, M PT=96; one-byte extensions: id 1 (one byte), padding, id 3 (two bytes); payload 3, padding 2.
const Buffer kPacket = {0xb1, 0xe0, 0x12, 0x34, 0,    0,    0,    7,    0xca, 0xfe, 0xba, 0xbe, 0,   0,   0, 1, 0xbe,
                        0xde, 0,    2,    0x10, 0x8a, 0x00, 0x31, 0x00, 0x05, 0x00, 0x00, 'a',  'b', 'c', 0, 2};

std::optional<Bytes> extension(const Packet& packet, std::uint8_t id) {
  ExtensionReader reader = packet.extensions();
  while (const auto e = reader.next())
    if (e->id == id) return e->value;
  return {};
}

TEST(Rtp, ReadsAPacketWithEverything) {
  const auto p = parse(kPacket);
  ASSERT_TRUE(p);
  EXPECT_TRUE(p->header.marker);
  EXPECT_EQ(p->header.payload_type, 96);
  EXPECT_EQ(p->header.sequence, 0x1234);
  EXPECT_EQ(p->header.timestamp, 7u);
  EXPECT_EQ(p->header.ssrc, 0xcafebabeu);
  EXPECT_EQ(p->csrc_count, 1);
  EXPECT_EQ(as_text(p->payload), "abc");
  EXPECT_EQ(p->padding, 2);
  EXPECT_EQ(p->header_size, 28u);
}

TEST(Rtp, FindsOneByteExtensions) {
  const auto p = parse(kPacket);
  ASSERT_TRUE(p && extension(*p, 1) && extension(*p, 3));
  const auto level = parse_audio_level(*extension(*p, 1));
  ASSERT_TRUE(level);
  EXPECT_TRUE(level->voice);
  EXPECT_EQ(level->level, 10);
  EXPECT_EQ(parse_transport_sequence(*extension(*p, 3)), 5);
  EXPECT_FALSE(extension(*p, 2));
}

TEST(Rtp, FindsTwoByteExtensions) {
  const Buffer bytes = {0x90, 111, 0, 1, 0, 0, 0, 0, 0, 0, 0, 9, 0x10, 0x00, 0, 2, 5, 0, 0, 20, 2, 'h', 'i', 0, 'x'};
  const auto p = parse(bytes);
  ASSERT_TRUE(p);
  ASSERT_TRUE(extension(*p, 5));
  EXPECT_TRUE(extension(*p, 5)->empty());
  ASSERT_TRUE(extension(*p, 20));
  EXPECT_EQ(as_text(*extension(*p, 20)), "hi");
}

TEST(Rtp, ReservedElementsEndTheBlock) {
  for (const std::uint8_t reserved : {0xf0, 0x02}) {
    const Buffer bytes = {0x90, 111, 0, 1, 0, 0, 0, 0, 0, 0, 0, 9, 0xbe, 0xde, 0, 1, reserved, 1, 0x10, 7};
    const auto p = parse(bytes);
    ASSERT_TRUE(p);
    EXPECT_FALSE(extension(*p, 1)) << int{reserved};
  }
}

TEST(Rtp, AnotherProfileHasNoElements) {
  const Buffer bytes = {0x90, 111, 0, 1, 0, 0, 0, 0, 0, 0, 0, 9, 0x12, 0x34, 0, 1, 0x10, 7, 0, 0};
  const auto p = parse(bytes);
  ASSERT_TRUE(p);
  EXPECT_FALSE(p->extensions().next());
}

TEST(Rtp, RefusesWhatIsNotWhole) {
  for (std::size_t n = 0; n < 28; ++n) EXPECT_FALSE(parse(Bytes(kPacket).first(n))) << n;
  Buffer version = kPacket;
  version[0] = 0x71;
  EXPECT_FALSE(parse(version));
  for (const std::uint8_t padding : {0, 6, 255}) {
    Buffer bad = kPacket;
    bad.back() = padding;
    EXPECT_FALSE(parse(bad)) << int{padding};
  }
}

TEST(Rtp, PaddingOnlyPacketHasAnEmptyPayload) {
  const Buffer bytes = {0xa0, 96, 0, 1, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 3};
  const auto p = parse(bytes);
  ASSERT_TRUE(p);
  EXPECT_TRUE(p->payload.empty());
  EXPECT_EQ(p->padding, 3);
}

TEST(Rtp, RtxCarriesTheOriginalSequenceNumber) {
  Buffer out(8);
  ByteWriter w(out);
  write_rtx(w, {0xfffe, as_bytes("pic")});
  const auto rtx = parse_rtx(w.written());
  ASSERT_TRUE(rtx);
  EXPECT_EQ(rtx->original_sequence, 0xfffe);
  EXPECT_EQ(as_text(rtx->payload), "pic");
  EXPECT_FALSE(parse_rtx(Bytes(out).first(1)));
}

TEST(Rtp, AbsSendTimeIsSixPointEighteenSeconds) {
  EXPECT_EQ(abs_send_time(0), 0u);
  EXPECT_EQ(abs_send_time(1'500'000), 3u << 17);
  EXPECT_EQ(abs_send_time(64'000'000), 0u);
  EXPECT_EQ(abs_send_time(63'999'999), 0xffffffu);
}

RC_GTEST_PROP(RtpProperty, WrittenHeaderIsRead, (bool marker, bool wide)) {
  const Header header{marker, static_cast<std::uint8_t>(*rc::gen::inRange(0, 128)),
                      *rc::gen::arbitrary<std::uint16_t>(), *rc::gen::arbitrary<std::uint32_t>(),
                      *rc::gen::arbitrary<std::uint32_t>()};
  const auto mid = *rc::gen::container<std::vector<std::uint8_t>>(wide ? 17 : 3, rc::gen::arbitrary<std::uint8_t>());
  const std::array<std::uint8_t, 2> sequence{1, 2};
  const std::array<Extension, 2> extensions{Extension{4, mid}, Extension{3, sequence}};
  Buffer out(100);
  ByteWriter w(out);
  write_header(w, header, extensions);
  w.bytes(as_bytes("payload"));
  const auto p = parse(w.written());
  RC_ASSERT(p.has_value());
  RC_ASSERT(p->header.marker == marker);
  RC_ASSERT(p->header.payload_type == header.payload_type);
  RC_ASSERT(p->header.sequence == header.sequence);
  RC_ASSERT(p->header.timestamp == header.timestamp);
  RC_ASSERT(p->header.ssrc == header.ssrc);
  RC_ASSERT(p->extension_profile == (wide ? kTwoByteProfile : kOneByteProfile));
  RC_ASSERT(extension(*p, 4) && std::ranges::equal(*extension(*p, 4), mid));
  RC_ASSERT(extension(*p, 3) && std::ranges::equal(*extension(*p, 3), sequence));
  RC_ASSERT(as_text(p->payload) == "payload");
}

TEST(Sequence, OrderSurvivesTheWrap) {
  EXPECT_TRUE(is_newer<std::uint16_t>(2, 65535));
  EXPECT_FALSE(is_newer<std::uint16_t>(65535, 2));
  EXPECT_FALSE(is_newer<std::uint16_t>(7, 7));
  EXPECT_EQ(distance<std::uint16_t>(1, 65535), 2);
  EXPECT_EQ(distance<std::uint32_t>(0xffffffff, 1), -2);
}

}  // namespace
}  // namespace costage::sfu::rtp
