// Captured Opus with redundancy: who takes it gets it as it is, the others plain Opus.
#include <gtest/gtest.h>

#include "sfu/forward/down_track.hpp"
#include "sfu/forward/published_layer.hpp"
#include "sfu/wire/captured_test.hpp"
#include "sfu/wire/red.hpp"

namespace costage::sfu {
namespace {

DownTrack viewer(std::uint8_t red_payload_type) {
  DownTrack track({.codec = find_codec("opus"), .ssrc = 1, .payload_type = 111, .red_payload_type = red_payload_type});
  track.set_target(media::Layer::high);
  return track;
}

TEST(Red, GoesToThoseThatTakeItAndPlainOpusToTheOthers) {
  PublishedLayer layer(*find_codec("opus"), media::Layer::high);
  DownTrack red = viewer(63), plain = viewer(0);
  int repeated = 0;
  for (const CapturedPacket& packet : captured("red_opus")) {
    const rtp::Packet in = packet.rtp();
    const auto blocks = red::parse(in.payload);
    ASSERT_TRUE(blocks);
    repeated += blocks->redundant_count > 0;
    const auto media = layer.on_rtp({.at = Instant{},
                                     .sequence = in.header.sequence,
                                     .timestamp = in.header.timestamp,
                                     .payload = blocks->primary.payload,
                                     .red = in.payload});
    ASSERT_TRUE(media);
    std::array<std::uint8_t, 1500> space;
    const auto with = rtp::parse(Bytes{space}.first(red.write(*media, {}, space)));
    ASSERT_TRUE(with);
    EXPECT_EQ(with->header.payload_type, 63);
    EXPECT_TRUE(std::ranges::equal(with->payload, in.payload));
    const auto without = rtp::parse(Bytes{space}.first(plain.write(*media, {}, space)));
    ASSERT_TRUE(without);
    EXPECT_EQ(without->header.payload_type, 111);
    EXPECT_TRUE(std::ranges::equal(without->payload, blocks->primary.payload));
  }
  EXPECT_GT(repeated, 10);
}

TEST(Red, ALayerKnowsWhichPacketsBeforeAreMissing) {
  PublishedLayer layer(*find_codec("opus"), media::Layer::high);
  const Buffer payload(10, 1);
  EXPECT_EQ(layer.lost_before(9, 4), 0U) << "nothing came before the first";
  for (const std::uint16_t sequence : {10, 11, 14})
    ASSERT_TRUE(layer.on_rtp({.at = Instant{}, .sequence = sequence, .payload = payload}));
  EXPECT_EQ(layer.lost_before(15, 4), 0b0110U) << "13 and 12, not 14 and 11";
  EXPECT_EQ(layer.lost_before(12, 5), 0U) << "what is older than the first was never due";
}

}  // namespace
}  // namespace costage::sfu
