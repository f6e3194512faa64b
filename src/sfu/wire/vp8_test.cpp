#include "sfu/wire/vp8.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace costage::sfu::vp8 {
namespace {

// As libwebrtc sends it: X S, then I L T K; 15-bit picture id 0x1234, TL0PICIDX 7, TID 1 Y, KEYIDX 3; key frame.
const Buffer kKeyFrame = {0x90, 0xf0, 0x92, 0x34, 0x07, 0x63, 0x10, 0x02};

TEST(Vp8, ReadsAFullDescriptor) {
  const auto d = parse(kKeyFrame);
  ASSERT_TRUE(d);
  EXPECT_TRUE(d->frame_start());
  EXPECT_TRUE(d->key_frame);
  EXPECT_FALSE(d->non_reference);
  EXPECT_EQ(d->picture_id, 0x1234);
  EXPECT_TRUE(d->long_picture_id);
  EXPECT_EQ(d->tl0_picture_index, 7);
  EXPECT_EQ(d->temporal_layer, 1);
  EXPECT_TRUE(d->layer_sync);
  EXPECT_EQ(d->key_index, 3);
  EXPECT_EQ(d->size, 6u);
}

TEST(Vp8, OnlyTheFirstPartitionTellsAKeyFrame) {
  EXPECT_TRUE(parse(Buffer{0x10, 0x00})->key_frame);
  EXPECT_FALSE(parse(Buffer{0x10, 0x01})->key_frame);
  EXPECT_FALSE(parse(Buffer{0x11, 0x00})->key_frame);
  EXPECT_FALSE(parse(Buffer{0x00, 0x00})->key_frame);
}

TEST(Vp8, RefusesADescriptorWithoutPayload) {
  for (std::size_t n = 0; n <= 6; ++n) EXPECT_FALSE(parse(Bytes(kKeyFrame).first(n))) << n;
}

TEST(Vp8, RewriteKeepsTheWidths) {
  Buffer wide = kKeyFrame;
  ASSERT_TRUE(rewrite(wide, 0xffff, 9));
  EXPECT_EQ(wide, (Buffer{0x90, 0xf0, 0xff, 0xff, 0x09, 0x63, 0x10, 0x02}));
  Buffer narrow = {0x90, 0x80, 0x05, 0x01};
  ASSERT_TRUE(rewrite(narrow, 0x1ff, 9));
  EXPECT_EQ(narrow, (Buffer{0x90, 0x80, 0x7f, 0x01}));
  Buffer none = {0x10, 0x01};
  ASSERT_TRUE(rewrite(none, 1, 1));
  EXPECT_EQ(none, (Buffer{0x10, 0x01}));
  Buffer bad = {0x90, 0x80};
  EXPECT_FALSE(rewrite(bad, 1, 1));
}

RC_GTEST_PROP(Vp8Property, WrittenDescriptorIsRead,
              (bool has_id, bool is_long, bool has_tl0, bool has_tid, bool has_key)) {
  Descriptor d;
  d.start_of_partition = true;
  const int range = is_long ? 0x8000 : 0x80;
  if (has_id) d.picture_id = static_cast<std::uint16_t>(*rc::gen::inRange(0, range));
  d.long_picture_id = has_id && is_long;
  if (has_tl0) d.tl0_picture_index = *rc::gen::arbitrary<std::uint8_t>();
  if (has_tid) d.temporal_layer = static_cast<std::uint8_t>(*rc::gen::inRange(0, 4));
  if (has_key) d.key_index = static_cast<std::uint8_t>(*rc::gen::inRange(0, 32));
  Buffer out(8);
  ByteWriter w(out);
  write(w, d);
  const std::size_t size = w.size();
  w.u8(1);
  const auto read = parse(w.written());
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->size == size);
  RC_ASSERT(read->picture_id == d.picture_id);
  RC_ASSERT(read->long_picture_id == d.long_picture_id);
  RC_ASSERT(read->tl0_picture_index == d.tl0_picture_index);
  RC_ASSERT(read->temporal_layer == d.temporal_layer);
  RC_ASSERT(read->key_index == d.key_index);
}

}  // namespace
}  // namespace costage::sfu::vp8
