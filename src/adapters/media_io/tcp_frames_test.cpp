#include "adapters/media_io/tcp_frames.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>

namespace costage::media_io {
namespace {

void feed(FrameReader& reader, Bytes bytes) {
  const MutableBytes space = reader.space();
  ASSERT_GE(space.size(), bytes.size());
  std::copy(bytes.begin(), bytes.end(), space.begin());
  reader.filled(bytes.size());
}

Buffer stream_of(const std::vector<Buffer>& packets) {
  FrameQueue queue;
  Buffer out;
  for (const Buffer& packet : packets) {
    queue.push(packet);
    out.insert(out.end(), queue.front().begin(), queue.front().end());
    queue.sent(queue.front().size());
  }
  return out;
}

RC_GTEST_PROP(TcpFrames, HoweverTheStreamIsCutThePacketsAreWhole, ()) {
  const auto sizes = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, 1501));
  std::vector<Buffer> packets;
  for (const std::size_t size : sizes) packets.emplace_back(size, static_cast<std::uint8_t>(packets.size()));
  const Buffer stream = stream_of(packets);
  FrameReader reader;
  std::vector<Buffer> got;
  for (std::size_t at = 0; at < stream.size();) {
    const std::size_t most = std::min(stream.size() - at, reader.space().size());
    RC_ASSERT(most > 0U);
    const std::size_t cut = *rc::gen::inRange<std::size_t>(1, most + 1);
    feed(reader, Bytes{stream}.subspan(at, cut));
    at += cut;
    while (const auto packet = reader.next()) got.emplace_back(packet->begin(), packet->end());
  }
  RC_ASSERT(got == packets);
  RC_ASSERT(!reader.broken());
}

TEST(TcpFrames, APacketOfTheLargestSizeComesThroughAndALargerOneEndsIt) {
  FrameReader reader;
  const Buffer largest(media::kMaxDatagram, 7);
  feed(reader, stream_of({largest}));
  const auto packet = reader.next();
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->size(), media::kMaxDatagram);
  const std::uint16_t one_more = media::kMaxDatagram + 1;
  feed(reader, Buffer{static_cast<std::uint8_t>(one_more >> 8)});
  EXPECT_FALSE(reader.broken()) << "half a length";
  feed(reader, Buffer{static_cast<std::uint8_t>(one_more & 0xff)});
  EXPECT_TRUE(reader.broken());
  feed(reader, Buffer(one_more));
  EXPECT_FALSE(reader.next());
}

TEST(TcpFrames, WhatWaitsToBeSentHasALimit) {
  FrameQueue queue;
  const Buffer packet(1022, 1);
  const std::size_t fit = FrameQueue::kCapacity / 1024;
  for (std::size_t i = 0; i < fit; ++i) ASSERT_TRUE(queue.push(packet)) << i;
  EXPECT_FALSE(queue.push(Buffer{}));
  queue.sent(1000);
  EXPECT_FALSE(queue.push(packet)) << "not yet";
  queue.sent(24);
  EXPECT_TRUE(queue.push(packet));
  EXPECT_FALSE(queue.push(Buffer{}));
  EXPECT_EQ(queue.front().size(), FrameQueue::kCapacity);
  EXPECT_EQ(queue.front()[0], 1022 >> 8) << "at the beginning of a frame";
  queue.sent(queue.front().size());
  EXPECT_TRUE(queue.empty());
}

}  // namespace
}  // namespace costage::media_io
