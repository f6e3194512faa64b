#include "signal/speakers.hpp"

#include "signal/limits.hpp"
#include "signal/test_room.hpp"

namespace costage::signal {
namespace {

TEST(Speakers, AreToldToThoseWhoHearThem) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const PeerSid bob = t.join_active("bob");
  const PeerSid deaf = t.join(TestRoom::grants("deaf"), false);
  t.publish(ann, "mic", livekit::MICROPHONE);
  t.forget();
  t.event(media::SpeakersChanged{t.room.state().sid, {{ann, 0.5F, true}}});
  for (const PeerSid& listener : {ann, bob}) {
    ASSERT_EQ(t.messages(listener, SignalResponse::kSpeakersChanged).size(), 1U);
    EXPECT_EQ(t.inbox[listener].back().speakers_changed().speakers(0).sid(), ann.value());
    EXPECT_TRUE(t.inbox[listener].back().speakers_changed().speakers(0).active());
  }
  EXPECT_TRUE(t.inbox[deaf].empty());
}

TEST(Quality, LostIsNeverToldToThePublisherItself) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const PeerSid bob = t.join_active("bob");
  t.publish(ann, "mic", livekit::MICROPHONE);
  t.forget();
  t.event(media::QualityMeasured{ann, media::Quality::lost, 1});
  EXPECT_EQ(t.inbox[bob].back().connection_quality().updates(0).quality(), livekit::LOST);
  EXPECT_EQ(t.inbox[ann].back().connection_quality().updates(0).quality(), livekit::POOR);
  EXPECT_EQ(t.notices<QualityChanged>().at(0).quality, media::Quality::lost);
}

TEST(Quality, NewcomersLearnThePresentState) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  t.publish(ann, "mic", livekit::MICROPHONE);
  t.event(media::QualityMeasured{ann, media::Quality::excellent, 4.5F});
  const PeerSid bob = t.join("bob");
  ASSERT_EQ(t.messages(bob, SignalResponse::kConnectionQuality).size(), 1U);
  EXPECT_EQ(t.inbox[bob].front().message_case(), SignalResponse::kJoin);
}

TEST(StreamState, PausesAreTold) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const PeerSid bob = t.join_active("bob");
  const TrackSid sid = t.publish(ann, "cam");
  t.event(media::SubscriptionPaused{bob, sid, true});
  const auto& state = t.inbox[bob].back().stream_state_update().stream_states(0);
  EXPECT_EQ(state.state(), livekit::PAUSED);
  EXPECT_EQ(state.participant_sid(), ann.value());
}

struct Dynacast : testing::Test {
  TestRoom t;
  PeerSid ann = t.join_active("ann");
  TrackSid cam = t.publish(ann, "cam");
  // The layers the publisher was last told to send, "LMH"; nothing when told nothing new.
  std::string told() {
    std::string layers;
    for (const auto& message : t.messages(ann, SignalResponse::kSubscribedQualityUpdate)) {
      layers = "-";
      const auto& update = message.subscribed_quality_update();
      EXPECT_EQ(update.subscribed_codecs(0).codec(), "vp8");
      for (const auto& quality : update.subscribed_codecs(0).qualities())
        if (quality.enabled()) layers += "LMH"[quality.quality()];
    }
    t.forget();
    return layers;
  }
  void demand(bool wanted, media::Layer layer) { t.event(media::LayerDemand{ann, cam, wanted, layer}); }
};

// Media waits with less until that has lasted (LayerDemandMemory); whoever waited here too would double the pause.
TEST_F(Dynacast, WhatMediaSaysIsToldAtOnce) {
  t.forget();
  demand(true, media::Layer::low);
  EXPECT_EQ(told(), "-L");
  demand(true, media::Layer::high);
  EXPECT_EQ(told(), "-LMH");
  demand(true, media::Layer::medium);
  EXPECT_EQ(told(), "-LM");
  demand(false, media::Layer::low);
  EXPECT_EQ(told(), "-");
  t.advance(1min);
  EXPECT_EQ(told(), "");
}

TEST_F(Dynacast, AudioHasNoLayers) {
  const TrackSid mic = t.publish(ann, "mic", livekit::MICROPHONE);
  t.forget();
  t.event(media::LayerDemand{ann, mic, false, media::Layer::low});
  EXPECT_EQ(told(), "");
}

}  // namespace
}  // namespace costage::signal
