#include "signal/devices.hpp"

#include "signal/test_room.hpp"

namespace costage::signal {
namespace {

struct DevicesTest : testing::Test {
  TrackSid publish(const std::string& cid, livekit::TrackSource source, bool muted = false) {
    SignalRequest request = TestRoom::add_track(cid, source);
    request.mutable_add_track()->set_muted(muted);
    t.request(ann, request);
    const TrackSid sid{t.inbox[ann].back().track_published().track().sid()};
    t.start(ann, sid, source == livekit::MICROPHONE ? "audio/opus" : "video/VP8");
    return sid;
  }
  void flow(const TrackSid& sid) { t.event(media::TrackFlowing{ann, sid}); }
  void mute(const TrackSid& sid, bool muted) {
    SignalRequest request;
    request.mutable_mute()->set_sid(sid.value());
    request.mutable_mute()->set_muted(muted);
    t.request(ann, request);
  }
  Devices told() {
    const auto notices = t.notices<DevicesChanged>();
    return notices.empty() ? Devices{} : notices.back().devices;
  }

  TestRoom t;
  PeerSid ann = t.join_active("ann");
};

TEST_F(DevicesTest, AMicrophonePublishedMutedIsMutedThoughSilenceFlows) {
  const TrackSid mic = publish("mic", livekit::MICROPHONE, true);
  EXPECT_EQ(told(), (Devices{Device::muted, Device::off, false}));
  flow(mic);
  EXPECT_EQ(told(), (Devices{Device::muted, Device::off, false})) << "clients send silence for a muted microphone";
  mute(mic, false);
  EXPECT_EQ(told(), (Devices{Device::on, Device::off, true}));
}

TEST_F(DevicesTest, ATrackIsOnWithItsFirstPacketAndSaidOnce) {
  t.forget();
  const TrackSid cam = publish("cam", livekit::CAMERA);
  EXPECT_TRUE(t.notices<DevicesChanged>().empty()) << "nothing has arrived yet";
  flow(cam);
  flow(cam);
  ASSERT_EQ(t.notices<DevicesChanged>().size(), 1U);
  EXPECT_EQ(told(), (Devices{Device::off, Device::on, true}));
}

TEST_F(DevicesTest, OfSeveralTracksTheLoudestCounts) {
  const TrackSid first = publish("mic", livekit::MICROPHONE);
  flow(first);
  const TrackSid second = publish("mic 2", livekit::MICROPHONE, true);
  EXPECT_EQ(told().microphone, Device::on);
  t.event(media::TrackEnded{ann, first});
  EXPECT_EQ(told().microphone, Device::muted) << "the other one is still there";
  t.event(media::TrackEnded{ann, second});
  EXPECT_EQ(told(), Devices{});
}

TEST_F(DevicesTest, AScreenShareSends) {
  flow(publish("screen", livekit::SCREEN_SHARE));
  EXPECT_EQ(told(), (Devices{Device::off, Device::off, true, Device::on}));
}

TEST_F(DevicesTest, ARevokedRightTurnsThemOff) {
  flow(publish("cam", livekit::CAMERA));
  livekit::UpdateParticipantRequest request;
  request.set_identity("ann");
  request.mutable_permission()->set_can_subscribe(true);
  ASSERT_TRUE(t.room.update_participant(t.at, request).has_value());
  t.advance(50ms);
  EXPECT_EQ(told(), Devices{});
}

// A seat must not keep what an earlier connection sent.
TEST_F(DevicesTest, AreToldWithEveryConnection) {
  flow(publish("cam", livekit::CAMERA));
  mute(publish("mic", livekit::MICROPHONE), true);
  t.lose_signal(ann);
  t.forget();
  ASSERT_TRUE(t.resume(ann, "ann"));
  EXPECT_EQ(told(), (Devices{Device::muted, Device::on, true}));
  t.forget();
  t.join_active("ann");
  ASSERT_EQ(t.notices<DevicesChanged>().size(), 1U);
  EXPECT_EQ(told(), Devices{});
}

}  // namespace
}  // namespace costage::signal
