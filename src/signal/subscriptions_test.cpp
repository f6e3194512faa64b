#include "signal/subscriptions.hpp"

#include "signal/test_room.hpp"

namespace costage::signal {
namespace {

SignalRequest subscription(const TrackSid& track, bool subscribe) {
  SignalRequest request;
  request.mutable_subscription()->add_track_sids(track.value());
  request.mutable_subscription()->set_subscribe(subscribe);
  return request;
}

TEST(Subscriptions, WithoutAutoSubscribeOnlyOnRequest) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const PeerSid bob = t.join(TestRoom::grants("bob"), false);
  const TrackSid sid = t.publish(ann, "cam");
  EXPECT_TRUE(t.commands<media::Subscribe>().empty());
  t.request(bob, subscription(sid, true));
  EXPECT_EQ(t.commands<media::Subscribe>().size(), 1U);
  t.request(bob, subscription(sid, true));
  EXPECT_EQ(t.commands<media::Subscribe>().size(), 1U);
  t.request(bob, subscription(sid, false));
  EXPECT_EQ(t.commands<media::Unsubscribe>().size(), 1U);
}

TEST(Subscriptions, ByParticipant) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const PeerSid bob = t.join(TestRoom::grants("bob"), false);
  const TrackSid sid = t.publish(ann, "cam");
  SignalRequest request;
  auto& tracks = *request.mutable_subscription()->add_participant_tracks();
  tracks.set_participant_sid(ann.value());
  tracks.add_track_sids(sid.value());
  request.mutable_subscription()->set_subscribe(true);
  t.request(bob, request);
  EXPECT_EQ(t.commands<media::Subscribe>().size(), 1U);
}

TEST(Subscriptions, UnknownTrackIsAnswered) {
  TestRoom t;
  const PeerSid bob = t.join_active("bob");
  t.request(bob, subscription(TrackSid{"TR_gone"}, true));
  ASSERT_EQ(t.messages(bob, SignalResponse::kSubscriptionResponse).size(), 1U);
  EXPECT_EQ(t.inbox[bob].back().subscription_response().err(), livekit::SE_TRACK_NOTFOUND);
}

TEST(Subscriptions, WithoutTheRightNothingIsForwarded) {
  TestRoom t;
  Grants deaf = TestRoom::grants("deaf");
  deaf.permission.set_can_subscribe(false);
  const PeerSid ann = t.join_active("ann");
  const PeerSid sid = t.join(deaf);
  EXPECT_FALSE(t.inbox[sid].front().join().subscriber_primary());
  const TrackSid track = t.publish(ann, "cam");
  t.request(sid, subscription(track, true));
  EXPECT_TRUE(t.commands<media::Subscribe>().empty());
}

TEST(Subscriptions, SettingsBecomeLayers) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const PeerSid bob = t.join_active("bob");
  SignalRequest add = TestRoom::add_track("cam");
  for (const auto& [quality, width, height] :
       {std::tuple{livekit::LOW, 320, 180}, {livekit::MEDIUM, 640, 360}, {livekit::HIGH, 1280, 720}}) {
    auto& layer = *add.mutable_add_track()->add_layers();
    layer.set_quality(quality);
    layer.set_width(static_cast<std::uint32_t>(width));
    layer.set_height(static_cast<std::uint32_t>(height));
  }
  t.request(ann, add);
  const TrackSid sid{t.inbox[ann].back().track_published().track().sid()};
  t.start(ann, sid, "video/VP8");

  const auto setting = [&](auto fill) {
    t.forget();
    SignalRequest request;
    request.mutable_track_setting()->add_track_sids(sid.value());
    fill(*request.mutable_track_setting());
    t.request(bob, request);
    return t.commands<media::ConfigureSubscription>().at(0);
  };
  EXPECT_EQ(setting([](auto& s) { s.set_width(300), s.set_height(170); }).max_layer, media::Layer::low);
  EXPECT_EQ(setting([](auto& s) { s.set_width(321), s.set_height(170); }).max_layer, media::Layer::medium);
  EXPECT_EQ(setting([](auto& s) { s.set_width(4000), s.set_height(3000); }).max_layer, media::Layer::high);
  EXPECT_EQ(setting([](auto& s) { s.set_quality(livekit::MEDIUM); }).max_layer, media::Layer::medium);
  EXPECT_EQ(setting([](auto& s) { s.set_quality(livekit::MEDIUM), s.set_fps(15); }).max_fps, 15U);
  EXPECT_FALSE(setting([](auto& s) { s.set_disabled(true); }).enabled);
  EXPECT_FALSE(setting([](auto& s) { s.set_quality(livekit::OFF); }).enabled);
  EXPECT_TRUE(setting([](auto& s) { s.set_quality(livekit::HIGH); }).enabled);
}

TEST(Subscriptions, PublisherChoosesItsAudience) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const PeerSid bob = t.join_active("bob");
  const PeerSid cem = t.join_active("cem");
  const TrackSid sid = t.publish(ann, "cam");
  t.forget();
  SignalRequest only_bob;
  auto& permission = *only_bob.mutable_subscription_permission();
  permission.add_track_permissions()->set_participant_identity("bob");
  permission.mutable_track_permissions(0)->set_all_tracks(true);
  t.request(ann, only_bob);
  ASSERT_EQ(t.commands<media::Unsubscribe>().size(), 1U);
  EXPECT_EQ(t.commands<media::Unsubscribe>()[0].subscriber, cem);
  ASSERT_EQ(t.messages(cem, SignalResponse::kSubscriptionPermissionUpdate).size(), 1U);
  EXPECT_FALSE(t.inbox[cem].back().subscription_permission_update().allowed());
  EXPECT_TRUE(t.messages(bob, SignalResponse::kSubscriptionPermissionUpdate).empty());

  SignalRequest everybody;
  everybody.mutable_subscription_permission()->set_all_participants(true);
  t.request(ann, everybody);
  EXPECT_TRUE(t.inbox[cem].back().subscription_permission_update().allowed());
  EXPECT_EQ(t.commands<media::Subscribe>().size(), 1U);
}

TEST(Subscriptions, AFailureSaysWhatIsTrue) {
  using media::SubscriptionFailure;
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const PeerSid bob = t.join_active("bob");
  const TrackSid sid = t.publish(ann, "cam");
  const auto told = [&](SubscriptionFailure why) {
    t.request(bob, subscription(sid, true));
    t.event(media::SubscriptionFailed{bob, sid, why});
    return t.inbox[bob].back().subscription_response().err();
  };
  EXPECT_EQ(told(SubscriptionFailure::no_codec), livekit::SE_CODEC_UNSUPPORTED);
  EXPECT_EQ(told(SubscriptionFailure::no_track), livekit::SE_TRACK_NOTFOUND);
  EXPECT_EQ(told(SubscriptionFailure::too_many), livekit::SE_UNKNOWN);
}

TEST(Subscriptions, ServerApiSubscribesForOthers) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  t.join_active("bob");
  const TrackSid sid = t.publish(ann, "cam");
  t.forget();
  livekit::UpdateSubscriptionsRequest request;
  request.set_identity("bob");
  request.add_track_sids(sid.value());
  EXPECT_TRUE(t.room.update_subscriptions(t.at, request).has_value());
  t.advance(50ms);
  EXPECT_EQ(t.commands<media::Unsubscribe>().size(), 1U);
  request.set_identity("nobody");
  EXPECT_EQ(t.room.update_subscriptions(t.at, request).error(), ApiRefusal::participant_not_found);
}

}  // namespace
}  // namespace costage::signal
