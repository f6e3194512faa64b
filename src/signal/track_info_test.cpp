#include "signal/track_info.hpp"

#include "signal/test_room.hpp"

namespace costage::signal {
namespace {

using livekit::VideoQuality;
using media::Layer;

SignalRequest add_simulcast() {
  SignalRequest request = TestRoom::add_track("cam");
  for (const auto quality : {livekit::HIGH, livekit::LOW, livekit::MEDIUM})
    request.mutable_add_track()->add_layers()->set_quality(quality);
  return request;
}

struct Published : testing::Test {
  TestRoom t{RoomOptions{.webhooks = true}};
  PeerSid ann = t.join_active("ann");

  TrackSid announce(const SignalRequest& request) {
    t.request(ann, request);
    return TrackSid{t.inbox[ann].back().track_published().track().sid()};
  }
  TrackSid start_simulcast() {
    const TrackSid sid = announce(add_simulcast());
    t.event(media::TrackStarted{
        ann, sid, "3", "video/VP8", {{Layer::low, "q"}, {Layer::medium, "h"}, {Layer::high, "f", 30, 31}}});
    return sid;
  }
  std::vector<livekit::TrackInfo> told(const std::string& event) const {
    std::vector<livekit::TrackInfo> tracks;
    for (const auto& one : t.webhooks)
      if (one.event() == event) tracks.push_back(one.track());
    return tracks;
  }
};

TEST_F(Published, LayersSayWhichStreamCarriesThem) {
  const TrackSid sid = start_simulcast();
  t.event(media::SourceLearned{ann, sid, Layer::low, 10, false});
  t.event(media::SourceLearned{ann, sid, Layer::low, 11, true});
  const auto info = t.room.get_participant("ann")->tracks(0);
  ASSERT_EQ(info.codecs_size(), 1);
  EXPECT_EQ(info.codecs(0).video_layer_mode(), livekit::VideoLayer::ONE_SPATIAL_LAYER_PER_STREAM);
  for (const auto* layers : {&info.layers(), &info.codecs(0).layers()}) {
    ASSERT_EQ(layers->size(), 3);
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ((*layers)[i].quality(), static_cast<VideoQuality>(i));
      EXPECT_EQ((*layers)[i].spatial_layer(), i);
      EXPECT_EQ((*layers)[i].rid(), std::string(1, "qhf"[i]));
    }
    EXPECT_EQ((*layers)[0].ssrc(), 10U);
    EXPECT_EQ((*layers)[0].repair_ssrc(), 11U);
    EXPECT_EQ((*layers)[1].ssrc(), 0U);
    EXPECT_EQ((*layers)[2].ssrc(), 30U);
    EXPECT_EQ((*layers)[2].repair_ssrc(), 31U);
  }
}

TEST_F(Published, IsToldWithTheFirstPacket) {
  const TrackSid sid = start_simulcast();
  EXPECT_TRUE(told("track_published").empty());
  t.event(media::SourceLearned{ann, sid, Layer::low, 10, false});
  t.event(media::TrackFlowing{ann, sid});
  ASSERT_EQ(told("track_published").size(), 1U);
  EXPECT_EQ(told("track_published")[0].layers(0).ssrc(), 10U);
  t.event(media::TrackEnded{ann, sid});
  EXPECT_EQ(told("track_published").size(), 1U);
  EXPECT_EQ(told("track_unpublished").size(), 1U);
}

TEST_F(Published, IsToldAtOnceWhenMuted) {
  SignalRequest request = TestRoom::add_track("cam");
  request.mutable_add_track()->set_muted(true);
  t.start(ann, announce(request), "video/VP8");
  ASSERT_EQ(told("track_published").size(), 1U);
  EXPECT_TRUE(told("track_published")[0].muted());
}

TEST_F(Published, WhatNeverSentIsToldBeforeItsEnd) {
  const TrackSid sid = start_simulcast();
  t.event(media::TrackEnded{ann, sid});
  ASSERT_EQ(t.webhooks.size(), 4U);
  EXPECT_EQ(t.webhooks[2].event(), "track_published");
  EXPECT_EQ(t.webhooks[3].event(), "track_unpublished");
}

TEST_F(Published, AudioSaysWhatItIs) {
  SignalRequest request = TestRoom::add_track("mic", livekit::MICROPHONE);
  auto& track = *request.mutable_add_track();
  track.set_stereo(true);
  track.set_disable_dtx(true);
  for (const auto feature : {livekit::TF_NO_DTX, livekit::TF_NOISE_SUPPRESSION, livekit::TF_NO_DTX})
    track.add_audio_features(feature);
  const TrackSid sid = announce(request);
  t.start(ann, sid, "audio/opus");
  const auto info = t.room.get_participant("ann")->tracks(0);
  EXPECT_THAT(info.audio_features(),
              testing::ElementsAre(livekit::TF_NO_DTX, livekit::TF_NOISE_SUPPRESSION, livekit::TF_STEREO));
  EXPECT_EQ(info.backup_codec_policy(), livekit::SIMULCAST);
  EXPECT_EQ(info.layers_size(), 0);
}

TEST_F(Published, AudioMayAskToFallBackToAnotherCodec) {
  SignalRequest request = TestRoom::add_track("mic", livekit::MICROPHONE);
  request.mutable_add_track()->set_backup_codec_policy(livekit::REGRESSION);
  t.start(ann, announce(request), "audio/opus");
  EXPECT_EQ(t.room.get_participant("ann")->tracks(0).backup_codec_policy(), livekit::REGRESSION);
}

}  // namespace
}  // namespace costage::signal
