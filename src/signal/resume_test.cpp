#include "signal/resume.hpp"

#include "signal/limits.hpp"
#include "signal/test_room.hpp"

namespace costage::signal {
namespace {

TEST(Resume, BringsTheClientUpToDate) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const PeerSid bob = t.join_active("bob");
  const PeerSid cem = t.join_active("cem");
  t.lose_signal(ann);
  SignalRequest leave;
  leave.mutable_leave();
  t.request(bob, leave);
  t.advance(1s);
  t.forget();
  ASSERT_TRUE(t.resume(ann, "ann"));
  const auto& inbox = t.inbox[ann];
  ASSERT_GE(inbox.size(), 4U);
  EXPECT_TRUE(inbox[0].has_reconnect());
  ASSERT_EQ(inbox[1].update().participants_size(), 1);
  EXPECT_EQ(inbox[1].update().participants(0).sid(), bob.value());
  EXPECT_EQ(inbox[1].update().participants(0).state(), livekit::ParticipantInfo::DISCONNECTED);
  ASSERT_EQ(inbox[2].update().participants_size(), 2);
  EXPECT_NE(t.news(ann, ann), nullptr);
  EXPECT_NE(t.news(ann, cem), nullptr);
  EXPECT_TRUE(inbox[3].has_room_update());
  EXPECT_EQ(t.commands<media::RestartIce>().size(), 1U);
  EXPECT_EQ(t.notices<Connected>().size(), 1U);
  EXPECT_EQ(t.tokens.size(), 1U);
}

TEST(Resume, SomebodyWhoCameBackIsNotReportedGone) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  t.join_active("bob");
  t.lose_signal(ann);
  const PeerSid again = t.join_active("bob");
  t.forget();
  ASSERT_TRUE(t.resume(ann, "ann"));
  ASSERT_NE(t.news(ann, again), nullptr);
  for (const auto& message : t.inbox[ann])
    for (const auto& info : message.update().participants())
      EXPECT_NE(info.state(), livekit::ParticipantInfo::DISCONNECTED);
}

TEST(Resume, UnknownSessionsAndForeignOnesAreRefused) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  EXPECT_FALSE(t.resume(PeerSid{"PA_unknown"}, "ann"));
  EXPECT_FALSE(t.resume(ann, "eve"));
  EXPECT_EQ(stale_session().leave().action(), livekit::LeaveRequest::RECONNECT);
  EXPECT_EQ(stale_session().leave().reason(), livekit::STATE_MISMATCH);
}

TEST(Resume, OnesWithoutEndAreRefused) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  int resumed = 0;
  while (resumed < 1000 && t.resume(ann, "ann")) ++resumed;
  EXPECT_GE(resumed, 10);
  EXPECT_LE(resumed, 20);
  t.advance(10s);
  EXPECT_TRUE(t.resume(ann, "ann"));
}

TEST(Resume, AfterFailedMediaWaitsForTheRestart) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  t.transport(ann, media::Transport::subscriber, media::TransportState::failed);
  t.advance(kReconnectGrace - 1s);
  t.forget();
  ASSERT_TRUE(t.resume(ann, "ann"));
  EXPECT_TRUE(t.notices<Connected>().empty());
  t.advance(kReconnectGrace * 2);
  EXPECT_TRUE(t.has("ann"));
  t.transport(ann, media::Transport::subscriber, media::TransportState::connected);
  EXPECT_EQ(t.notices<Connected>().size(), 1U);
  t.advance(kJoinTimeout * 2, 1s);
  EXPECT_TRUE(t.has("ann"));
}

TEST(Resume, ThatNeverCompletesEnds) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  t.transport(ann, media::Transport::subscriber, media::TransportState::failed);
  ASSERT_TRUE(t.resume(ann, "ann"));
  t.advance(kJoinTimeout);
  EXPECT_FALSE(t.has("ann"));
}

TEST(Resume, LastSequenceSaysWhatToResend) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  livekit::DataPacket packet;
  packet.mutable_user()->set_payload("x");
  packet.set_sequence(5);
  const std::string text = packet.SerializeAsString();
  t.event(media::DataReceived{ann, media::Channel::reliable, std::make_shared<const Buffer>(text.begin(), text.end())});
  t.forget();
  ASSERT_TRUE(t.resume(ann, "ann"));
  EXPECT_EQ(t.inbox[ann][0].reconnect().last_message_seq(), 5U);
}

TEST(SyncState, UnknownTracksMeanAFreshStart) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  t.publish(ann, "cam");
  t.forget();
  SignalRequest sync;
  sync.mutable_sync_state()->add_publish_tracks()->mutable_track()->set_sid("TR_elsewhere");
  t.request(ann, sync);
  EXPECT_EQ(t.messages(ann, SignalResponse::kLeave).at(0).leave().action(), livekit::LeaveRequest::RECONNECT);
}

TEST(SyncState, RestoresSubscriptions) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const PeerSid bob = t.join_active("bob");
  const TrackSid cam = t.publish(ann, "cam");
  const TrackSid mic = t.publish(ann, "mic", livekit::MICROPHONE);
  t.forget();
  SignalRequest sync;
  sync.mutable_sync_state()->add_track_sids_disabled(cam.value());
  sync.mutable_sync_state()->mutable_subscription()->add_track_sids(mic.value());  // auto-subscribing: those not wanted
  t.request(bob, sync);
  ASSERT_EQ(t.commands<media::ConfigureSubscription>().size(), 1U);
  EXPECT_FALSE(t.commands<media::ConfigureSubscription>()[0].enabled);
  ASSERT_EQ(t.commands<media::Unsubscribe>().size(), 1U);
  EXPECT_EQ(t.commands<media::Unsubscribe>()[0].track, mic);
}

TEST(Simulate, ScenariosThatConcernThisServer) {
  TestRoom t;
  SignalRequest request;
  request.mutable_simulate()->set_leave_request_full_reconnect(true);
  const PeerSid ann = t.join_active("ann");
  t.request(ann, request);
  EXPECT_EQ(t.messages(ann, SignalResponse::kLeave).at(0).leave().action(), livekit::LeaveRequest::RECONNECT);

  const PeerSid bob = t.join_active("bob");
  request.mutable_simulate()->set_node_failure(true);
  t.request(bob, request);
  EXPECT_TRUE(t.messages(bob, SignalResponse::kLeave).empty());
  EXPECT_FALSE(t.resume(bob, "bob"));

  request.mutable_simulate()->set_server_leave(true);
  const PeerSid dan = t.join_active("dan");
  t.request(dan, request);
  EXPECT_EQ(t.messages(dan, SignalResponse::kLeave).at(0).leave().action(), livekit::LeaveRequest::DISCONNECT);
}

class Simulation : public testing::Test {
 public:
  void resume(bool closed, bool told) {
    t.forget();
    ASSERT_TRUE(t.resume(ann, "ann"));
    EXPECT_EQ(t.closed.contains(ann), closed);
    EXPECT_EQ(!t.inbox[ann].empty(), told);
    EXPECT_EQ(t.messages(ann, SignalResponse::kReconnect).size(), told ? 1U : 0U);
  }
  std::vector<std::pair<std::string, bool>> speakers() {
    std::vector<std::pair<std::string, bool>> out;
    for (const auto& message : t.messages(ann, SignalResponse::kSpeakersChanged))
      for (const auto& one : message.speakers_changed().speakers()) out.emplace_back(one.sid(), one.active());
    return out;
  }

  TestRoom t;
  PeerSid ann = t.join_active("ann");
  SignalRequest request;
};

TEST_F(Simulation, AResumeLosesItsSocketAfterTheMessages) {
  request.mutable_simulate()->set_disconnect_signal_on_resume(true);
  t.request(ann, request);
  resume(true, true);
  resume(false, true);
}

TEST_F(Simulation, ThreeResumesLoseTheirSocketsBeforeAnyMessage) {
  request.mutable_simulate()->set_disconnect_signal_on_resume_no_messages(true);
  t.request(ann, request);
  for (int i = 0; i < kDroppedResumes; ++i) resume(true, false);
  resume(false, true);
}

TEST_F(Simulation, AResumeThatComesLateKeepsItsSocket) {
  request.mutable_simulate()->set_disconnect_signal_on_resume_no_messages(true);
  t.request(ann, request);
  t.advance(kDropsResumesFor);
  resume(false, true);
}

TEST_F(Simulation, SpeechEnds) {
  request.mutable_simulate()->set_speaker_update(3);
  t.request(ann, request);
  EXPECT_EQ(speakers(), (std::vector<std::pair<std::string, bool>>{{ann.value(), true}}));
  t.forget();
  t.advance(2900ms);
  EXPECT_TRUE(speakers().empty());
  t.advance(100ms);
  EXPECT_EQ(speakers(), (std::vector<std::pair<std::string, bool>>{{ann.value(), false}}));
}

TEST_F(Simulation, OnlyUdpCanBeSwitchedTo) {
  t.forget();
  request.mutable_simulate()->set_switch_candidate_protocol(livekit::TLS);
  t.request(ann, request);
  EXPECT_EQ(t.messages(ann, SignalResponse::kRequestResponse).at(0).request_response().reason(),
            livekit::RequestResponse::UNSUPPORTED_TYPE);
  EXPECT_TRUE(t.commands<media::RestartIce>().empty());
  request.mutable_simulate()->set_switch_candidate_protocol(livekit::UDP);
  t.request(ann, request);
  EXPECT_EQ(t.commands<media::RestartIce>().size(), 1U);
}

TEST_F(Simulation, ASubscribersBandwidthIsLimitedAndFreed) {
  for (const std::int64_t limit : {std::int64_t{150'000}, std::int64_t{0}, std::int64_t{-1}}) {
    t.forget();
    request.mutable_simulate()->set_subscriber_bandwidth(limit);
    t.request(ann, request);
    ASSERT_EQ(t.commands<media::LimitBandwidth>().size(), 1U);
    EXPECT_EQ(t.commands<media::LimitBandwidth>()[0].bits_per_second, limit > 0 ? 150'000U : 0U);
  }
}

}  // namespace
}  // namespace costage::signal
