#include "sfu/wire/data_track.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace costage::sfu::data_track {
namespace {

// A frame in one packet, as livekit-client sends it: handle 0x0102, sequence 3, frame 4, timestamp 5, "hi".
const Buffer kPlain = {0x18, 0, 0x01, 0x02, 0, 3, 0, 4, 0, 0, 0, 5, 'h', 'i'};
// With a user timestamp (id 2, eight bytes) and four bytes of padding: four words of extensions.
const Buffer kExtended = {0x14, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 2, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, '!'};

TEST(DataTrackPacket, ReadsItsHeader) {
  const auto h = parse(kPlain);
  ASSERT_TRUE(h);
  EXPECT_TRUE(h->start);
  EXPECT_TRUE(h->final);
  EXPECT_EQ(h->handle, 0x0102);
  EXPECT_EQ(h->sequence, 3);
  EXPECT_EQ(h->frame, 4);
  EXPECT_EQ(h->timestamp, 5U);
  EXPECT_EQ(h->size, 12U);
}

TEST(DataTrackPacket, StepsOverExtensions) {
  const auto h = parse(kExtended);
  ASSERT_TRUE(h);
  EXPECT_TRUE(h->start);
  EXPECT_FALSE(h->final);
  EXPECT_EQ(h->size, kExtended.size() - 1);
}

TEST(DataTrackPacket, ThePayloadMayBeEmptyButNotTheHeader) {
  EXPECT_TRUE(parse(Bytes(kPlain).first(12)));
  for (std::size_t n = 0; n < 12; ++n) EXPECT_FALSE(parse(Bytes(kPlain).first(n))) << n;
  for (std::size_t n = 12; n < kExtended.size() - 1; ++n) EXPECT_FALSE(parse(Bytes(kExtended).first(n))) << n;
}

TEST(DataTrackPacket, RefusesWhatItCannotKnow) {
  Buffer version = kPlain;
  version[0] |= 0x20;
  EXPECT_FALSE(parse(version));
  Buffer nameless = kPlain;
  nameless[2] = nameless[3] = 0;
  EXPECT_FALSE(parse(nameless));
  Buffer overlong = kExtended;
  overlong[15] = 13;  // an extension longer than all of them
  EXPECT_FALSE(parse(overlong));
  Buffer largest = kExtended;
  largest[12] = largest[13] = 0xff;
  EXPECT_FALSE(parse(largest));
}

RC_GTEST_PROP(DataTrackPacket, ANewHandleChangesNothingElse, (Buffer bytes, std::uint16_t handle)) {
  RC_PRE(handle != 0);
  bytes.insert(bytes.begin(), kPlain.begin(), kPlain.begin() + 12);
  const Buffer before = bytes;
  set_handle(bytes, handle);
  RC_ASSERT(parse(bytes)->handle == handle);
  set_handle(bytes, 0x0102);
  RC_ASSERT(bytes == before);
}

}  // namespace
}  // namespace costage::sfu::data_track
