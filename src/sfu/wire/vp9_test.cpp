#include "sfu/wire/vp9.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "sfu/wire/captured_test.hpp"

namespace costage::sfu::vp9 {
namespace {

// Non-flexible: I L B V Z, 15-bit picture id 0x1234, TID 0 U SID 0, TL0PICIDX 9, then a structure of two spatial layers
// with their sizes and a group of two pictures, of which the second refers to the one before.
const Buffer kKeyFrame = {0xab, 0x92, 0x34, 0x10, 0x09, 0x38, 0x01, 0x40, 0x00, 0xb4,
                          0x02, 0x80, 0x01, 0x68, 0x02, 0x10, 0x34, 0x01, 0x00, 0x82};

TEST(Vp9, ReadsAKeyFrameWithItsStructure) {
  const auto d = parse(kKeyFrame);
  ASSERT_TRUE(d);
  EXPECT_TRUE(d->starts_key_frame() && d->picture_start() && d->no_upper_layer_reference);
  EXPECT_FALSE(d->frame_end || d->flexible || d->predicted);
  EXPECT_EQ(d->picture_id, 0x1234);
  EXPECT_TRUE(d->long_picture_id);
  EXPECT_EQ(d->layers, (LayerIndices{.switching_up = true}));
  EXPECT_EQ(d->tl0_picture_index, 9);
  ASSERT_TRUE(d->structure);
  EXPECT_EQ(d->structure->spatial_layers, 2);
  EXPECT_EQ(d->structure->resolutions[0], (Resolution{320, 180}));
  EXPECT_EQ(d->structure->resolutions[1], (Resolution{640, 360}));
  ASSERT_EQ(d->structure->group_size, 2);
  EXPECT_EQ(d->structure->group[0], (GroupPicture{.switching_up = true}));
  EXPECT_EQ(d->structure->group[1], (GroupPicture{.temporal_layer = 1, .switching_up = true, .references = {{1}, 1}}));
  EXPECT_EQ(d->size, kKeyFrame.size() - 2);
}

TEST(Vp9, ReadsReferencesOfFlexibleMode) {
  // I P L F B E, 7-bit picture id, TID 2 SID 1 D, two references.
  const auto d = parse(Buffer{0xfc, 0x05, 0x43, 0x03, 0x04, 0xff});
  ASSERT_TRUE(d);
  EXPECT_EQ(d->layers, (LayerIndices{.temporal = 2, .spatial = 1, .inter_layer_predicted = true}));
  EXPECT_EQ(d->picture_id, 5);
  EXPECT_FALSE(d->tl0_picture_index);
  EXPECT_EQ(d->references, (References{{1, 2}, 2}));
  EXPECT_TRUE(d->frame_start && d->frame_end);
  EXPECT_FALSE(d->key_frame() || d->picture_start());
}

TEST(Vp9, ADecoderBeginsWithTheLowestLayerOfAnUnpredictedPicture) {
  EXPECT_TRUE(parse(Buffer{0x08, 0xff})->starts_key_frame()) << "no layers at all";
  EXPECT_TRUE(parse(Buffer{0x28, 0x00, 0x00, 0xff})->starts_key_frame());
  EXPECT_FALSE(parse(Buffer{0x28, 0x03, 0x00, 0xff})->key_frame()) << "second layer of a key picture";
  EXPECT_FALSE(parse(Buffer{0x68, 0x00, 0x00, 0xff})->key_frame());
  const auto later = parse(Buffer{0x20, 0x00, 0x00, 0xff});
  EXPECT_TRUE(later->key_frame());
  EXPECT_FALSE(later->starts_key_frame());
}

TEST(Vp9, RefusesADescriptorThatIsCutOrHasNoPayload) {
  for (std::size_t n = 0; n <= kKeyFrame.size() - 2; ++n) EXPECT_FALSE(parse(Bytes(kKeyFrame).first(n))) << n;
  EXPECT_FALSE(parse(Buffer{0x58, 0x03, 0x03, 0x03, 0x02, 0xff})) << "four references";
}

TEST(Vp9, RewriteKeepsTheWidths) {
  Buffer wide = kKeyFrame;
  ASSERT_TRUE(rewrite(wide, 0xffff, 0x42));
  Buffer expected = kKeyFrame;
  expected[1] = expected[2] = 0xff;
  expected[4] = 0x42;
  EXPECT_EQ(wide, expected);
  Buffer narrow = {0xfc, 0x05, 0x43, 0x02, 0xff};
  ASSERT_TRUE(rewrite(narrow, 0x1ff, 9));
  EXPECT_EQ(narrow, (Buffer{0xfc, 0x7f, 0x43, 0x02, 0xff}));
  Buffer none = {0x08, 0x01};
  ASSERT_TRUE(rewrite(none, 1, 1));
  EXPECT_EQ(none, (Buffer{0x08, 0x01}));
  Buffer bad = {0x80, 0x80};
  EXPECT_FALSE(rewrite(bad, 1, 1));
}

// The spatial layer of each packet, a space behind each picture; K where a decoder may begin, P where a picture starts.
std::string seen(const std::string& capture) {
  std::string all;
  for (const CapturedPacket& packet : captured(capture)) {
    const rtp::Packet rtp = packet.rtp();
    const auto d = parse(rtp.payload);
    if (!d) return "?";
    all += d->starts_key_frame() ? "K" : d->picture_start() ? "P" : "";
    all += static_cast<char>('0' + d->spatial_layer());
    EXPECT_TRUE(!rtp.header.marker || d->frame_end);
    if (rtp.header.marker) all += ' ';
  }
  return all;
}

TEST(Vp9, ReadsCapturedLayers) {
  EXPECT_EQ(seen("vp9_l3t3_key"), "K011222 P012 P012 P012 P01222 ");
  EXPECT_EQ(seen("vp9_l1t3"), "K000 P0 P0 P00 P000 ");
}

TEST(Vp9, ReadsACapturedStructure) {
  const auto packets = captured("vp9_l3t3_key");
  const auto d = parse(packets[0].rtp().payload);
  ASSERT_TRUE(d && d->structure && d->flexible);
  EXPECT_EQ(d->structure->spatial_layers, 3);
  EXPECT_EQ(d->structure->resolutions[0], (Resolution{240, 135}));
  EXPECT_EQ(d->structure->resolutions[2], (Resolution{960, 540}));
  EXPECT_FALSE(d->structure->has_group);
}

TEST(Vp9, RewritesCapturedPackets) {
  for (const CapturedPacket& packet : captured("vp9_l1t3")) {
    const Bytes payload = packet.rtp().payload;
    Buffer copy(payload.begin(), payload.end());
    ASSERT_TRUE(rewrite(copy, 0x1234, 5));
    EXPECT_EQ(parse(copy)->picture_id, 0x1234);
    ASSERT_TRUE(rewrite(copy, *parse(payload)->picture_id, 0));
    EXPECT_EQ(copy, Buffer(payload.begin(), payload.end()));
  }
}

RC_GTEST_PROP(Vp9Property, WrittenDescriptorIsRead, (bool has_id, bool is_long, bool has_layers, bool flexible)) {
  Descriptor d;
  d.flexible = flexible;
  d.predicted = *rc::gen::arbitrary<bool>();
  d.frame_start = *rc::gen::arbitrary<bool>();
  if (has_id) d.picture_id = static_cast<std::uint16_t>(*rc::gen::inRange(0, is_long ? 0x8000 : 0x80));
  d.long_picture_id = has_id && is_long;
  if (has_layers) d.layers = LayerIndices{.temporal = static_cast<std::uint8_t>(*rc::gen::inRange(0, 8))};
  if (has_layers && !flexible) d.tl0_picture_index = *rc::gen::arbitrary<std::uint8_t>();
  if (flexible && d.predicted) d.references = {{3, 127}, static_cast<std::uint8_t>(*rc::gen::inRange(1, 3))};
  if (d.references.count == 1) d.references.differences[1] = 0;
  Buffer out(16);
  ByteWriter w(out);
  write(w, d);
  const std::size_t size = w.size();
  w.u8(1);
  const auto read = parse(w.written());
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->size == size);
  RC_ASSERT(read->predicted == d.predicted);
  RC_ASSERT(read->frame_start == d.frame_start);
  RC_ASSERT(read->picture_id == d.picture_id);
  RC_ASSERT(read->layers == d.layers);
  RC_ASSERT(read->tl0_picture_index == d.tl0_picture_index);
  RC_ASSERT(read->references == d.references);
}

}  // namespace
}  // namespace costage::sfu::vp9
