#include "sfu/wire/av1.hpp"

#include <gtest/gtest.h>

#include "sfu/wire/captured_test.hpp"

namespace costage::sfu::av1 {
namespace {

constexpr std::uint8_t kSequenceHeader = 0x08;
constexpr std::uint8_t kFrame = 0x30;

TEST(Av1, ReadsTheFirstPacketOfAKeyFrame) {
  // Y W=2 N, a sequence header of three bytes, the first piece of a frame.
  const auto p = parse(Buffer{0x68, 3, kSequenceHeader, 1, 2, kFrame, 9, 9});
  ASSERT_TRUE(p);
  EXPECT_TRUE(p->starts_key_frame() && p->new_sequence && p->sequence_header && p->goes_on);
  EXPECT_FALSE(p->continues);
  EXPECT_EQ(p->told, 2);
  EXPECT_EQ(p->elements, 2u);
}

TEST(Av1, EveryElementHasASizeWhereTheirNumberIsNotTold) {
  const auto p = parse(Buffer{0x08, 1, 0x10, 2, kSequenceHeader, 0, 1, kFrame, 1, kFrame});
  ASSERT_TRUE(p);
  EXPECT_EQ(p->elements, 4u);
  EXPECT_TRUE(p->starts_key_frame());
}

TEST(Av1, SizesMayTakeSeveralBytes) {
  Buffer payload = {0x20, 0x80, 0x81, 0x00};
  payload.resize(payload.size() + 128 + 1, kFrame);
  const auto p = parse(payload);
  ASSERT_TRUE(p);
  EXPECT_EQ(p->elements, 2u);
}

TEST(Av1, OnlyBothTogetherStartAKeyFrame) {
  EXPECT_FALSE(parse(Buffer{0x18, kFrame, 1})->starts_key_frame()) << "no sequence header";
  const auto repeated = parse(Buffer{0x10, kSequenceHeader, 1});
  EXPECT_TRUE(repeated->sequence_header);
  EXPECT_FALSE(repeated->starts_key_frame()) << "not said to be a new one";
  const auto piece = parse(Buffer{0x90, kSequenceHeader, 1});
  EXPECT_FALSE(piece->sequence_header) << "a piece has no header";
}

// K where a decoder may begin, else whether the packet begins with an OBU.
std::string seen(const std::string& capture) {
  std::string all;
  for (const CapturedPacket& packet : captured(capture)) {
    const auto p = parse(packet.rtp().payload);
    all += !p ? '?' : p->starts_key_frame() ? 'K' : p->continues ? '.' : 'o';
  }
  return all;
}

TEST(Av1, ReadsCapturedPackets) {
  EXPECT_EQ(seen("av1_l1t1"), "K.o.o");
  EXPECT_EQ(seen("av1_l3t3_key"), "Koooooooooooooo..") << "only the lowest layer of a key picture starts a sequence";
}

TEST(Av1, RefusesWhatIsNoPayload) {
  const Buffer bad[] = {{},
                        {0x10},
                        {0x00},
                        {0x98, kSequenceHeader},       // Z and N
                        {0x10, 0x80 | kFrame},         // forbidden bit
                        {0x20, 2, kFrame},             // cut
                        {0x20, 1, kFrame},             // the second one is missing
                        {0x20, 0, kFrame},             // an empty one
                        {0x00, 1, kFrame, 5, kFrame},  // cut
                        {0x00, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01, kFrame},
                        {0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, kFrame}};
  for (const Buffer& payload : bad) EXPECT_FALSE(parse(payload)) << testing::PrintToString(payload);
}

}  // namespace
}  // namespace costage::sfu::av1
