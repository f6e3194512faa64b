#include "sfu/wire/packet_kind.hpp"

#include <gtest/gtest.h>

namespace costage::sfu {
namespace {

PacketKind kind(std::uint8_t first, std::uint8_t second = 0) {
  const std::uint8_t bytes[] = {first, second};
  return packet_kind(bytes);
}

TEST(PacketKind, FollowsTheFirstByte) {
  EXPECT_EQ(kind(0), PacketKind::stun);
  EXPECT_EQ(kind(3), PacketKind::stun);
  EXPECT_EQ(kind(4), PacketKind::unknown);
  EXPECT_EQ(kind(19), PacketKind::unknown);
  EXPECT_EQ(kind(20), PacketKind::dtls);
  EXPECT_EQ(kind(63), PacketKind::dtls);
  EXPECT_EQ(kind(64), PacketKind::unknown);  // TURN channels
  EXPECT_EQ(kind(127), PacketKind::unknown);
  EXPECT_EQ(kind(192), PacketKind::unknown);
}

TEST(PacketKind, TellsRtcpFromRtpByTheSecond) {
  EXPECT_EQ(kind(128, 191), PacketKind::rtp);
  EXPECT_EQ(kind(128, 192), PacketKind::rtcp);
  EXPECT_EQ(kind(191, 223), PacketKind::rtcp);
  EXPECT_EQ(kind(191, 224), PacketKind::rtp);
  EXPECT_EQ(kind(144, 0x80 | 111), PacketKind::rtp);
}

TEST(PacketKind, NothingInOneByte) {
  const std::uint8_t byte[] = {0};
  EXPECT_EQ(packet_kind(byte), PacketKind::unknown);
  EXPECT_EQ(packet_kind({}), PacketKind::unknown);
}

}  // namespace
}  // namespace costage::sfu
