#include "signal/request_cost.hpp"

#include "signal/limits.hpp"
#include "signal/test_room.hpp"

namespace costage::signal {
namespace {

struct RequestCost : testing::Test {
  // Sends the request again and again within one second: how many were taken before the client was told to start over.
  int until_sent_away(const SignalRequest& request, int tries = 20'000) {
    const PeerSid eve = t.join_active("eve");
    t.forget();
    for (int i = 0; i < tries; ++i) {
      t.request(eve, request);
      if (!t.has("eve")) return i;
    }
    return tries;
  }
  // Sent once: is it taken?
  bool taken(const SignalRequest& request) { return until_sent_away(request, 1) == 1; }

  TestRoom t;
  PeerSid ann = t.join_active("ann");
  TrackSid cam = t.publish(ann, "cam");
};

// One viewer cannot fill the media queue.
TEST_F(RequestCost, ATrackNamedManyTimesInOneMessageIsSetOnce) {
  const PeerSid bob = t.join_active("bob");
  SignalRequest request;
  for (int i = 0; i < 100; ++i) request.mutable_track_setting()->add_track_sids(cam.value());
  request.mutable_track_setting()->set_disabled(true);
  t.forget();
  t.request(bob, request);
  EXPECT_EQ(t.commands<media::ConfigureSubscription>().size(), 1U);
  t.request(bob, request);
  EXPECT_EQ(t.commands<media::ConfigureSubscription>().size(), 1U) << "nothing new";
  request.mutable_track_setting()->set_disabled(false);
  t.request(bob, request);
  EXPECT_EQ(t.commands<media::ConfigureSubscription>().size(), 2U);
}

TEST_F(RequestCost, AnUnknownTrackNamedManyTimesIsAnsweredOnce) {
  const PeerSid bob = t.join_active("bob");
  SignalRequest request;
  request.mutable_subscription()->set_subscribe(true);
  for (int i = 0; i < 300; ++i) {
    request.mutable_subscription()->add_track_sids("TR_gone");
    request.mutable_subscription()->add_participant_tracks()->add_track_sids("TR_gone");
  }
  t.request(bob, request);
  EXPECT_EQ(t.messages(bob, SignalResponse::kSubscriptionResponse).size(), 1U);
}

TEST_F(RequestCost, MoreThanCanExistInAnyFieldEndsTheSession) {
  std::vector<SignalRequest> requests(12);
  for (std::size_t i = 0; i <= kMaxNamedTracks; ++i) {
    const std::string sid = "TR_" + std::to_string(i);
    requests[0].mutable_track_setting()->add_track_sids(sid);
    requests[1].mutable_subscription()->add_track_sids(sid);
    requests[2].mutable_subscription()->add_participant_tracks()->add_track_sids(sid);
    requests[3].mutable_subscription_permission()->add_track_permissions()->set_participant_sid(sid);
    requests[4].mutable_sync_state()->add_track_sids_disabled(sid);
    requests[5].mutable_update_data_subscription()->add_updates()->set_track_sid(sid);
    (*requests[6].mutable_offer()->mutable_mid_to_track_id())[sid] = sid;
    (*requests[7].mutable_update_metadata()->mutable_attributes())[sid] = "x";
  }
  for (std::size_t i = 0; i <= kMaxTrackFeatures; ++i) {
    requests[8].mutable_add_track()->add_layers();
    requests[9].mutable_update_audio_track()->add_features(livekit::TF_STEREO);
    requests[10].mutable_update_layers()->add_layers();
  }
  for (std::size_t i = 0; i <= kMaxTracks; ++i) requests[11].mutable_sync_state()->add_publish_tracks();
  for (std::size_t i = 0; i < requests.size(); ++i) EXPECT_FALSE(taken(requests[i])) << "request " << i;
}

TEST_F(RequestCost, FloodsOfAnyKindEndTheSessionAndSayWhy) {
  SignalRequest ping, mute, setting, subscription, rename, big;
  ping.set_ping(1);
  mute.mutable_mute()->set_sid("TR_none");
  for (int i = 0; i < 100; ++i) setting.mutable_track_setting()->add_track_sids("TR_" + std::to_string(i));
  subscription.mutable_subscription()->add_track_sids(cam.value());
  rename.mutable_update_metadata()->set_metadata(std::string(kMaxMetadata, 'x'));
  big.mutable_trickle()->set_candidateinit(std::string(500'000, 'x'));
  EXPECT_EQ(until_sent_away(ping), 2000);
  EXPECT_LE(until_sent_away(mute), 100);
  EXPECT_LE(until_sent_away(setting), 20);
  EXPECT_LE(until_sent_away(subscription), 300);
  EXPECT_LE(until_sent_away(rename), 10);
  EXPECT_EQ(until_sent_away(big), 2);
  const PeerSid eve = t.join_active("eve");
  for (int i = 0; i < 3; ++i) t.request(eve, big);
  ASSERT_EQ(t.messages(eve, SignalResponse::kLeave).size(), 1U);
  EXPECT_EQ(t.inbox[eve].back().leave().action(), livekit::LeaveRequest::RECONNECT);
  EXPECT_TRUE(t.has("ann"));
}

// What real clients do at most: a wall of 200 videos opened at once, then scrolled; twenty tracks published.
TEST_F(RequestCost, ABusyPageIsWithinItsBudget) {
  const PeerSid bob = t.join_active("bob");
  SignalRequest one, sync;
  one.mutable_subscription()->add_track_sids(cam.value());
  for (int i = 0; i < 200; ++i) sync.mutable_sync_state()->mutable_subscription()->add_track_sids(cam.value());
  for (int i = 0; i < 200; ++i) t.request(bob, one);
  t.advance(2s);
  t.request(bob, sync);
  for (int i = 0; i < 60; ++i) {
    SignalRequest setting;
    setting.mutable_track_setting()->add_track_sids(cam.value());
    for (int track = 0; track < 25; ++track) t.request(bob, setting);
    t.advance(250ms);
  }
  for (std::size_t i = 0; i < kMaxPendingTracks; ++i) t.request(bob, TestRoom::add_track("c" + std::to_string(i)));
  EXPECT_TRUE(t.has("bob"));
}

// One viewer cannot make the room send its memory again and again.
TEST_F(RequestCost, MissedDataIsSentOncePerResume) {
  const PeerSid bob = t.join_active("bob");
  livekit::DataPacket packet;
  packet.mutable_user()->set_payload("hello");
  packet.set_sequence(1);
  const std::string text = packet.SerializeAsString();
  t.lose_signal(bob);
  t.event(media::DataReceived{ann, media::Channel::reliable, std::make_shared<const Buffer>(text.begin(), text.end())});
  ASSERT_TRUE(t.resume(bob, "bob"));
  t.forget();
  SignalRequest sync;
  sync.mutable_sync_state();
  for (int i = 0; i < 3; ++i) t.request(bob, sync);
  EXPECT_EQ(t.commands<media::SendData>().size(), 1U);
}

}  // namespace
}  // namespace costage::signal
