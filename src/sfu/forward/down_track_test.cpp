#include "sfu/forward/down_track.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <vector>

#include "base/rng.hpp"

namespace costage::sfu {
namespace {

using media::Layer;

// Three layers of one camera: 30 frames a second, several packets a frame, a key frame now and then. Layers have
// timestamps and picture ids of their own but one clock, and temporal layers as Chromium's VP8 encoder orders them.
class Camera {
 public:
  explicit Camera(Rng& rng) {
    for (auto& s : layers_) {
      s.sequence = (1 << 16) + static_cast<std::int64_t>(rng.below(1 << 16));
      s.timestamp = rng.u32();
      s.picture_id = static_cast<std::uint16_t>(rng.below(1 << 15));
      s.tl0 = static_cast<std::uint8_t>(rng.below(256));
    }
  }
  // The packets of one frame of one layer; payload byte 0 is the count of packets of that layer so far.
  std::vector<MediaPacket> frame(Instant now, Layer layer, bool key, int packets) {
    State& s = layers_[static_cast<std::size_t>(layer)];
    const auto frame_number = static_cast<std::uint32_t>(now.time_since_epoch().count() / 33'333);
    constexpr std::array<std::uint8_t, 4> kPattern = {0, 2, 1, 2};
    std::vector<MediaPacket> out;
    for (int i = 0; i < packets; ++i) {
      out.push_back({.at = now,
                     .layer = layer,
                     .sequence = s.sequence,
                     .timestamp = s.timestamp + frame_number * 3000,
                     .marker = i + 1 == packets,
                     .payload = kPayload,
                     .info = {.key_frame = key,
                              .frame_start = i == 0,
                              .has_picture_id = true,
                              .has_tl0_picture_index = true,
                              .picture_id = static_cast<std::uint16_t>((s.picture_id + frame_number) & 0x7fff),
                              .tl0_picture_index = static_cast<std::uint8_t>(s.tl0 + frame_number),
                              .temporal = key ? std::uint8_t{0} : kPattern[frame_number % 4],
                              .switching_up = frame_number % 4 < 3}});
      ++s.sequence;
    }
    return out;
  }
  SenderClocks clocks(Instant now) const {
    SenderClocks out;
    for (std::size_t i = 0; i < 3; ++i) {
      const auto us = static_cast<std::uint64_t>(now.time_since_epoch().count());
      out[i] =
          SenderClock{(us << 32) / 1'000'000, layers_[i].timestamp + static_cast<std::uint32_t>(us * 9 / 100), now};
    }
    return out;
  }

 private:
  struct State {
    std::int64_t sequence = 0;
    std::uint32_t timestamp = 0;
    std::uint16_t picture_id = 0;
    std::uint8_t tl0 = 0;
  };
  static constexpr std::array<std::uint8_t, 20> kPayload{};
  std::array<State, 3> layers_;
};

// Records the number it is told to write, so that tests see picture ids without a real codec.
std::uint16_t written_picture_id;
const media::CodecRow kTestRow{"video/test", "test", media::Kind::video, 90000, 1};
const Codec kTestCodec{.row = kTestRow,
                       .inspect = [](Bytes) { return std::optional<PayloadInfo>{PayloadInfo{}}; },
                       .renumber = [](MutableBytes, std::uint16_t id, std::uint8_t) { written_picture_id = id; },
                       .same_format = [](std::string_view, std::string_view) { return true; }};

DownTrack::Config config() {
  return {.codec = &kTestCodec,
          .ssrc = 0x1111,
          .rtx_ssrc = 0x2222,
          .payload_type = 96,
          .rtx_payload_type = 97,
          .abs_send_time_id = 3,
          .first_sequence = 65500};
}

struct Written {
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  std::uint32_t ssrc = 0;
};

std::optional<Written> write(DownTrack& track, const MediaPacket& packet, const SenderClocks& clocks = {}) {
  std::array<std::uint8_t, 1500> out;
  const std::size_t size = track.write(packet, clocks, out);
  if (size == 0) return std::nullopt;
  EXPECT_EQ(size, 20 + packet.payload.size());
  ByteReader reader(Bytes{out}.first(size));
  reader.skip(2);
  Written w;
  w.sequence = reader.u16();
  w.timestamp = reader.u32();
  w.ssrc = reader.u32();
  return w;
}

constexpr Instant at_frame(int n) { return Instant{Duration{1'000'000 + n * 33'333}}; }

TEST(DownTrack, StartsAtAKeyFrameOnly) {
  SeededRng rng(1);
  Camera camera(rng);
  DownTrack track(config());
  EXPECT_FALSE(write(track, camera.frame(at_frame(0), Layer::high, true, 1)[0])) << "no target yet";
  track.set_target(Layer::high);
  EXPECT_FALSE(write(track, camera.frame(at_frame(1), Layer::high, false, 1)[0]));
  EXPECT_EQ(track.wanted_key_frame(), Layer::high);
  EXPECT_TRUE(write(track, camera.frame(at_frame(2), Layer::high, true, 1)[0]));
  EXPECT_FALSE(track.wanted_key_frame());
}

TEST(DownTrack, UnderLossReorderingAndSwitchesTheStreamStaysUnbroken) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    SeededRng rng(seed);
    Camera camera(rng);
    DownTrack track(config());
    std::map<std::uint32_t, int> by_unwrapped;
    std::set<std::int64_t> sequences;
    std::int64_t first = 0, highest = 0;
    int lost = 0;
    std::optional<std::uint32_t> last_timestamp;
    std::optional<std::uint16_t> last_picture;
    std::optional<Layer> before;
    for (int n = 0; n < 300; ++n) {
      const Instant now = at_frame(n);
      const bool thin = seed % 2 == 0;
      const std::uint8_t temporal = thin ? static_cast<std::uint8_t>(rng.below(4)) : kAllTemporalLayers;
      if (rng.below(20) == 0) track.set_target(static_cast<Layer>(rng.below(3)), temporal);
      if (rng.below(60) == 0) track.set_target(std::nullopt);
      const bool key = rng.below(10) == 0;
      for (int l = 0; l < 3; ++l) {
        auto packets = camera.frame(now, static_cast<Layer>(l), key, 1 + static_cast<int>(rng.below(4)));
        const bool padding = rng.below(10) == 0;
        if (padding)
          packets.push_back(camera.frame(now, static_cast<Layer>(l), false, 1)[0]), packets.back().payload = {};
        for (const MediaPacket& packet : packets) {
          const bool in_stream = track.current() == packet.layer;
          if (!packet.payload.empty() && in_stream && rng.below(20) == 0) {
            ++lost;  // lost upstream: the viewer must see the gap, to ask for it
            continue;
          }
          const auto out = write(track, packet, camera.clocks(now));
          if (!out) continue;
          if (before != track.current()) {
            ASSERT_TRUE(packet.info.key_frame && packet.info.frame_start) << "a switch away from a key frame";
          }
          before = track.current();
          const std::int64_t unwrapped =
              sequences.empty()
                  ? out->sequence
                  : highest + static_cast<std::int16_t>(out->sequence - static_cast<std::uint16_t>(highest));
          if (sequences.empty()) first = unwrapped;
          ASSERT_TRUE(sequences.insert(unwrapped).second) << "a sequence number used twice";
          highest = std::max(highest, unwrapped);
          if (last_timestamp) {
            const auto step = static_cast<std::int32_t>(out->timestamp - *last_timestamp);
            ASSERT_GE(step, 0);
          }
          last_timestamp = out->timestamp;
          const std::uint16_t picture = written_picture_id;
          if (last_picture) {
            ASSERT_LT(static_cast<std::uint16_t>((picture - *last_picture) & 0x7fff), 300);
          }
          last_picture = picture;
        }
        if (!track.target()) before.reset();
      }
    }
    if (!sequences.empty()) {
      ASSERT_LE(highest - first + 1 - static_cast<std::int64_t>(sequences.size()), lost) << "gaps nobody lost";
    }
  }
}

TEST(DownTrack, ALayerSwitchKeepsTheTimelineOfTheClocks) {
  SeededRng rng(7);
  Camera camera(rng);
  DownTrack track(config());
  track.set_target(Layer::low);
  const auto first = write(track, camera.frame(at_frame(0), Layer::low, true, 1)[0], camera.clocks(at_frame(0)));
  track.set_target(Layer::high);
  // The high layer's frame took 8 ms longer to arrive; its capture time decides, not the arrival.
  auto late = camera.frame(at_frame(3), Layer::high, true, 1)[0];
  late.at += Duration{8'000};
  const auto second = write(track, late, camera.clocks(at_frame(0)));
  ASSERT_TRUE(first && second);
  EXPECT_NEAR(static_cast<double>(second->timestamp - first->timestamp), 3 * 3000, 90);
}

TEST(DownTrack, PaddingLeavesNoHole) {
  SeededRng rng(2);
  Camera camera(rng);
  DownTrack track(config());
  track.set_target(Layer::high);
  auto packets = camera.frame(at_frame(0), Layer::high, true, 5);
  packets[1].payload = packets[2].payload = {};
  const auto a = write(track, packets[0]);
  EXPECT_FALSE(write(track, packets[1]));
  EXPECT_FALSE(write(track, packets[2]));
  const auto b = write(track, packets[3]);
  const auto c = write(track, packets[4]);
  ASSERT_TRUE(a && b && c);
  EXPECT_EQ(static_cast<std::uint16_t>(b->sequence - a->sequence), 1);
  EXPECT_EQ(static_cast<std::uint16_t>(c->sequence - b->sequence), 1);
}

TEST(DownTrack, ALatePacketBeforePaddingKeepsItsNumber) {
  SeededRng rng(3);
  Camera camera(rng);
  DownTrack track(config());
  track.set_target(Layer::high);
  auto packets = camera.frame(at_frame(0), Layer::high, true, 4);
  packets[2].payload = {};
  const auto a = write(track, packets[0]);
  EXPECT_FALSE(write(track, packets[2]));
  const auto d = write(track, packets[3]);
  const auto late = write(track, packets[1]);
  ASSERT_TRUE(a && d && late);
  EXPECT_EQ(static_cast<std::uint16_t>(late->sequence - a->sequence), 1);
  EXPECT_EQ(static_cast<std::uint16_t>(d->sequence - a->sequence), 2);
}

TEST(DownTrack, AnswersANackOnceInAWhileOnItsRtxStream) {
  SeededRng rng(4);
  Camera camera(rng);
  DownTrack track(config());
  track.set_target(Layer::high);
  PacketHistory history(64);
  std::vector<Written> sent;
  for (const auto& packet : camera.frame(at_frame(0), Layer::high, true, 4)) {
    history.put(packet.sequence, packet.timestamp, packet.marker, packet.payload, {});
    sent.push_back(*write(track, packet));
  }
  const auto source = track.resend_source(at_frame(1), sent[2].sequence, Duration{20'000});
  ASSERT_TRUE(source);
  std::array<std::uint8_t, 1500> out;
  const std::size_t size = track.write_resend(at_frame(1), *source, history.find(source->sequence), out);
  ASSERT_EQ(size, 20U + 2 + 20);
  ByteReader reader(Bytes{out}.first(size));
  reader.skip(1);
  EXPECT_EQ(reader.u8() & 0x7f, 97);
  reader.skip(2);
  EXPECT_EQ(reader.u32(), sent[2].timestamp);
  EXPECT_EQ(reader.u32(), 0x2222U);
  reader.skip(8);
  EXPECT_EQ(reader.u16(), sent[2].sequence);  // RFC 4588: the original sequence number first
  EXPECT_FALSE(track.resend_source(at_frame(1), sent[2].sequence, Duration{20'000})) << "asked twice at once";
  EXPECT_TRUE(track.resend_source(at_frame(2), sent[2].sequence, Duration{20'000}));
  EXPECT_FALSE(track.resend_source(at_frame(2), static_cast<std::uint16_t>(sent[3].sequence + 1), Duration{}))
      << "never sent";
}

TEST(DownTrack, TemporalLayersLeftOutLeaveNoGapsAndAreFoundAgain) {
  SeededRng rng(6);
  Camera camera(rng);
  DownTrack track(config());
  track.set_target(Layer::high, 1);
  PacketHistory history(64);
  std::map<std::uint16_t, std::int64_t> sent;
  std::optional<std::uint16_t> picture;
  for (int n = 0; n < 12; ++n) {
    for (const auto& packet : camera.frame(at_frame(n), Layer::high, n == 0, 2)) {
      history.put(packet.sequence, packet.timestamp, packet.marker, packet.payload, {});
      const auto out = write(track, packet);
      ASSERT_EQ(out.has_value(), packet.info.temporal < 2);
      if (!out) continue;
      if (!sent.empty()) ASSERT_TRUE(sent.contains(static_cast<std::uint16_t>(out->sequence - 1)));
      if (picture) ASSERT_LE(static_cast<std::uint16_t>((written_picture_id - *picture) & 0x7fff), 1);
      picture = written_picture_id;
      sent[out->sequence] = packet.sequence;
    }
  }
  for (const auto& [sequence, in] : sent) {
    const auto source = track.resend_source(at_frame(13), sequence, Duration{1});
    ASSERT_TRUE(source);
    EXPECT_EQ(source->sequence, in);
    std::array<std::uint8_t, 1500> out;
    EXPECT_GT(track.write_resend(at_frame(13), *source, history.find(source->sequence), out), 0U);
  }
}

TEST(DownTrack, SenderReportIsOnTheOutgoingTimeline) {
  SeededRng rng(5);
  Camera camera(rng);
  DownTrack track(config());
  track.set_target(Layer::low);
  const auto clocks = camera.clocks(at_frame(0));
  EXPECT_FALSE(track.sender_report(at_frame(0), clocks));
  write(track, camera.frame(at_frame(0), Layer::low, true, 1)[0], clocks);
  track.set_target(Layer::high);
  const auto out = write(track, camera.frame(at_frame(30), Layer::high, true, 1)[0], clocks);
  const auto report = track.sender_report(at_frame(30), clocks);
  ASSERT_TRUE(out && report);
  EXPECT_NEAR(static_cast<double>(static_cast<std::int32_t>(report->rtp - out->timestamp)), 0, 3000);
  EXPECT_EQ(report->packets, 2U);
}

}  // namespace
}  // namespace costage::sfu
