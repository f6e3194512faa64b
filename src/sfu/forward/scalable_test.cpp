// Captured scalable streams of Chromium through a published layer and a down-track: which frames a viewer gets.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "sfu/forward/down_track.hpp"
#include "sfu/forward/published_layer.hpp"
#include "sfu/forward/scalable_stream.hpp"
#include "sfu/wire/captured_test.hpp"
#include "sfu/wire/vp9.hpp"

namespace costage::sfu {
namespace {

namespace dd = dependency_descriptor;
using media::Layer;

constexpr std::uint8_t kDescriptorId = 4;

class Scalable : public testing::Test {
 protected:
  void open(const char* codec) {
    layer.emplace(*find_codec(codec), Layer::high);
    viewer.emplace(DownTrack::Config{.codec = find_codec(codec),
                                     .ssrc = 1,
                                     .rtx_ssrc = 2,
                                     .payload_type = 96,
                                     .rtx_payload_type = 97,
                                     .descriptor_id = kDescriptorId,
                                     .first_sequence = 100,
                                     .scalable = true});
  }
  // One captured packet; what the viewer got is noted: "spatial.temporal", with the marker bit "|".
  void pass(const CapturedPacket& packet) {
    const rtp::Packet in = packet.rtp();
    auto media = layer->on_rtp({now += Duration{1'000}, in.header.sequence, in.header.timestamp, in.header.marker,
                                in.payload, false, described ? packet.dependency_descriptor() : Bytes{}});
    ASSERT_TRUE(media);
    stream.on_packet(*media);
    std::array<std::uint8_t, 1500> space;
    const std::size_t size = viewer->write(*media, {}, space);
    if (size == 0) return;
    note(*rtp::parse(Bytes{space}.first(size)));
  }
  void note(const rtp::Packet& out) {
    if (!sequences.empty()) {
      EXPECT_EQ(out.header.sequence, static_cast<std::uint16_t>(sequences.back() + 1));
    }
    sequences.push_back(out.header.sequence);
    if (!described) note_payload(out.payload);
    auto extensions = out.extensions();
    while (const auto e = extensions.next()) {
      if (e->id != kDescriptorId) continue;
      const auto d = dd::parse(e->value, known ? &*known : nullptr);
      ASSERT_TRUE(d);
      if (d->structure) known = d->structure;
      if (d->active_targets) targets = *d->active_targets;
      if (d->mandatory.frame_start) got += fmt::format("{}.{}", d->frame.layer.spatial, d->frame.layer.temporal);
    }
    if (out.header.marker) got += "|";
  }

  void note_payload(Bytes payload) {
    const auto d = vp9::parse(payload);
    ASSERT_TRUE(d);
    if (d->frame_start) got += fmt::format("{}.{}", d->spatial_layer(), d->temporal_layer());
  }

  bool described = true;
  Instant now{std::chrono::seconds(1)};
  std::optional<PublishedLayer> layer;
  ScalableStream stream;
  std::optional<DownTrack> viewer;
  std::vector<std::uint16_t> sequences;
  std::string got;
  std::optional<dd::Structure> known;
  std::uint32_t targets = 0;
};

// Of a key picture every layer up to the wanted, later that alone: they do not need each other.
TEST_F(Scalable, EveryLayerGetsItsFramesAndTheEndOfItsPictures) {
  for (const char* capture : {"av1_l3t3_key", "vp9_l3t3_key"}) {
    for (const auto& [wanted, expected] :
         {std::pair{Layer::low, "0.0|0.2|0.1|0.2|0.0|"}, std::pair{Layer::medium, "0.01.0|1.2|1.1|1.2|1.0|"},
          std::pair{Layer::high, "0.01.02.0|2.2|2.1|2.2|2.0|"}}) {
      SCOPED_TRACE(capture);
      open(std::string_view(capture).starts_with("av1") ? "AV1" : "VP9");
      stream = {};
      got.clear();
      sequences.clear();
      known.reset();
      viewer->set_target(wanted);
      for (const auto& packet : captured(capture)) pass(packet);
      EXPECT_EQ(got, expected);
      EXPECT_EQ(viewer->current(), wanted);
      EXPECT_FALSE(viewer->wanted_key_frame());
    }
  }
}

// Native SDKs send VP9 without descriptors. Lower layers are forwarded with the wanted: nothing tells that it needs
// none.
TEST_F(Scalable, WithoutDescriptorsThePayloadNamesTheLayers) {
  described = false;
  for (const auto& [wanted, limit, expected] : {std::tuple{Layer::low, 255, "0.0|0.2|0.1|0.2|0.0|"},
                                                {Layer::low, 1, "0.0|0.1|0.0|"},
                                                {Layer::medium, 255, "0.01.0|0.21.2|0.11.1|0.21.2|0.01.0|"},
                                                {Layer::medium, 0, "0.01.0|0.01.0|"},
                                                {Layer::high, 0, "0.01.02.0|0.01.02.0|"}}) {
    open("VP9");
    stream = {};
    got.clear();
    sequences.clear();
    viewer->set_target(wanted, static_cast<std::uint8_t>(limit));
    for (const auto& packet : captured("vp9_l3t3_key")) pass(packet);
    EXPECT_EQ(got, expected);
    EXPECT_EQ(viewer->current(), wanted);
    EXPECT_FALSE(viewer->wanted_key_frame());
    EXPECT_EQ(stream.highest(), Layer::high);
  }
}

TEST_F(Scalable, WithoutDescriptorsASmallerPictureComesAtOnceAndALargerWithAKeyFrame) {
  described = false;
  open("VP9");
  const auto packets = captured("vp9_l3t3_key");
  viewer->set_target(Layer::high);
  for (std::size_t i = 0; i < packets.size(); ++i) {
    if (i + 12 == packets.size()) viewer->set_target(Layer::low);
    if (i + 6 == packets.size()) {
      EXPECT_EQ(viewer->current(), Layer::low);
      viewer->set_target(Layer::high);
    }
    pass(packets[i]);
  }
  EXPECT_EQ(viewer->current(), Layer::low);
  EXPECT_EQ(viewer->wanted_key_frame(), Layer::high);
}

TEST_F(Scalable, FewerFramesWithoutAKeyFrame) {
  for (const auto& [limit, expected] :
       {std::pair{std::uint8_t{0}, "0.01.02.0|2.0|"}, {std::uint8_t{1}, "0.01.02.0|2.1|2.0|"}}) {
    open("AV1");
    stream = {};
    got.clear();
    sequences.clear();
    known.reset();
    viewer->set_target(Layer::high, limit);
    for (const auto& packet : captured("av1_l3t3_key")) pass(packet);
    EXPECT_EQ(got, expected);
  }
  open("AV1");
  stream = {};
  got.clear();
  sequences.clear();
  known.reset();
  viewer->set_target(Layer::high);
  const auto packets = captured("av1_l3t3_key");
  for (std::size_t i = 0; i < packets.size(); ++i) {
    if (i + 6 == packets.size()) viewer->set_target(Layer::high, 0);
    pass(packets[i]);
    EXPECT_FALSE(viewer->wanted_key_frame());
  }
}

TEST_F(Scalable, TheDecoderIsToldWhatItWillNotGet) {
  open("AV1");
  viewer->set_target(Layer::medium);
  for (const auto& packet : captured("av1_l3t3_key")) pass(packet);
  ASSERT_TRUE(known);
  for (std::uint8_t i = 0; i < known->target_count; ++i)
    EXPECT_EQ(targets >> i & 1, known->target_layers[i].spatial <= 1 ? 1U : 0U) << int(i);
}

TEST_F(Scalable, AnotherLayerWaitsForAKeyFrame) {
  open("AV1");
  const auto packets = captured("av1_l3t3_key");
  viewer->set_target(Layer::low);
  for (std::size_t i = 0; i < packets.size(); ++i) {
    if (i + 6 == packets.size()) viewer->set_target(Layer::high);
    pass(packets[i]);
  }
  EXPECT_EQ(viewer->current(), Layer::low) << "the references of the others are missing";
  EXPECT_EQ(viewer->wanted_key_frame(), Layer::high);
}

TEST_F(Scalable, APauseEndsWithAKeyFrame) {
  open("VP9");
  const auto packets = captured("vp9_l1t3");
  viewer->set_target(Layer::high);
  pass(packets[0]);
  const std::size_t before = sequences.size();
  viewer->set_target(std::nullopt);
  pass(packets[1]);
  viewer->set_target(Layer::high);
  for (std::size_t i = 2; i < packets.size(); ++i) pass(packets[i]);
  EXPECT_EQ(sequences.size(), before);
  EXPECT_TRUE(viewer->wanted_key_frame());
}

// Frames that are encrypted end to end: OBUs cannot be found in them.
TEST_F(Scalable, WhereKeyFramesBeginIsToldByTheDescriptorAlone) {
  open("AV1");
  viewer->set_target(Layer::high);
  std::vector<std::vector<std::uint8_t>> kept;
  for (CapturedPacket packet : captured("av1_l3t3_key")) {
    const rtp::Packet in = packet.rtp();
    kept.emplace_back(in.payload.size(), 0xff);
    auto media = layer->on_rtp({now += Duration{1'000}, in.header.sequence, in.header.timestamp, in.header.marker,
                                kept.back(), false, packet.dependency_descriptor()});
    ASSERT_TRUE(media);
    EXPECT_EQ(media->info.key_frame, kept.size() == 1);
    stream.on_packet(*media);
    std::array<std::uint8_t, 1500> space;
    const std::size_t size = viewer->write(*media, {}, space);
    if (size > 0) note(*rtp::parse(Bytes{space}.first(size)));
  }
  EXPECT_EQ(got, "0.01.02.0|2.2|2.1|2.2|2.0|");
  EXPECT_EQ(layer->since_key_frame(), kept.size());
}

TEST_F(Scalable, WhatWasSentIsSentAgainAsItWas) {
  open("AV1");
  viewer->set_target(Layer::low);
  for (const auto& packet : captured("av1_l3t3_key")) pass(packet);
  for (const std::uint16_t sequence : sequences) {
    const auto source = viewer->resend_source(now, sequence, Duration{1});
    ASSERT_TRUE(source) << sequence;
    const auto kept = layer->history().find(source->sequence);
    std::array<std::uint8_t, 1500> space;
    const std::size_t size = viewer->write_resend(now, *source, kept, space);
    const auto packet = rtp::parse(Bytes{space}.first(size));
    ASSERT_TRUE(packet);
    EXPECT_EQ(rtp::parse_rtx(packet->payload)->original_sequence, sequence);
  }
  EXPECT_FALSE(viewer->resend_source(now, static_cast<std::uint16_t>(sequences.back() + 1), Duration{1}));
}

}  // namespace
}  // namespace costage::sfu
