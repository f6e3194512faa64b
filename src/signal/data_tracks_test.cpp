#include "signal/data_tracks.hpp"

#include "signal/limits.hpp"
#include "signal/test_room.hpp"

namespace costage::signal {
namespace {

using Reason = livekit::RequestResponse;
using testing::UnorderedElementsAre;

class DataTracks : public testing::Test {
 public:
  static SignalRequest publish_request(std::uint32_t handle, const std::string& name) {
    SignalRequest request;
    request.mutable_publish_data_track_request()->set_pub_handle(handle);
    request.mutable_publish_data_track_request()->set_name(name);
    return request;
  }
  // Its sid, or "" if it was refused.
  std::string publish(const PeerSid& who, std::uint32_t handle, const std::string& name) {
    const auto before = t.messages(who, SignalResponse::kPublishDataTrackResponse).size();
    t.request(who, publish_request(handle, name));
    const auto answers = t.messages(who, SignalResponse::kPublishDataTrackResponse);
    return answers.size() == before ? "" : answers.back().publish_data_track_response().info().sid();
  }
  Reason::Reason refused(const PeerSid& who, const SignalRequest& request) {
    t.request(who, request);
    const auto answers = t.messages(who, SignalResponse::kRequestResponse);
    EXPECT_FALSE(answers.empty());
    return answers.empty() ? Reason::OK : answers.back().request_response().reason();
  }
  void unpublish(const PeerSid& who, std::uint32_t handle) {
    SignalRequest request;
    request.mutable_unpublish_data_track_request()->set_pub_handle(handle);
    t.request(who, request);
  }
  void wish(const PeerSid& who, const std::string& sid, bool subscribe, std::uint32_t fps = 0) {
    SignalRequest request;
    auto& update = *request.mutable_update_data_subscription()->add_updates();
    update.set_track_sid(sid);
    update.set_subscribe(subscribe);
    if (fps) update.mutable_options()->set_target_fps(fps);
    t.request(who, request);
  }
  // The handles as last told: handle -> track.
  std::map<std::uint32_t, std::string> handles(const PeerSid& who) {
    std::map<std::uint32_t, std::string> out;
    const auto told = t.messages(who, SignalResponse::kDataTrackSubscriberHandles);
    if (told.empty()) return out;
    for (const auto& [handle, track] : told.back().data_track_subscriber_handles().sub_handles())
      out[handle] = track.track_sid();
    return out;
  }
  PeerSid join_without_wishes(const std::string& identity) {
    const auto sid = t.room.on_join(t.at, {.grants = TestRoom::grants(identity), .auto_subscribe_data_tracks = false});
    return t.activate(sid.value());
  }

  TestRoom t;
  PeerSid ann = t.join_active("ann"), bob = t.join_active("bob");
};

TEST_F(DataTracks, ArePublishedAnnouncedAndSubscribed) {
  const std::string sid = publish(ann, 7, "pose");
  EXPECT_EQ(sid.substr(0, 4), "DTR_");
  ASSERT_EQ(t.news(bob, ann)->data_tracks_size(), 1);
  EXPECT_EQ(t.news(bob, ann)->data_tracks(0).name(), "pose");
  EXPECT_EQ(handles(bob), (std::map<std::uint32_t, std::string>{{1, sid}}));
  const auto told = t.messages(bob, SignalResponse::kDataTrackSubscriberHandles).back();
  EXPECT_EQ(told.data_track_subscriber_handles().sub_handles().at(1).publisher_identity(), "ann");
  EXPECT_EQ(told.data_track_subscriber_handles().sub_handles().at(1).publisher_sid(), ann.value());
  const auto commands = t.commands<media::SubscribeDataTrack>();
  ASSERT_EQ(commands.size(), 1U);
  EXPECT_EQ(commands[0].peer, ann);
  EXPECT_EQ(commands[0].handle, 7);
  EXPECT_EQ(commands[0].subscriber, bob);
  EXPECT_EQ(commands[0].subscriber_handle, 1);
}

TEST_F(DataTracks, AreToldToWhoComesLaterOnceTheyAreThere) {
  const std::string sid = publish(ann, 7, "pose");
  const PeerSid cem = t.join("cem");
  EXPECT_EQ(t.messages(cem, SignalResponse::kJoin).at(0).join().other_participants(0).data_tracks_size(), 1);
  EXPECT_TRUE(handles(cem).empty());
  t.activate(cem);
  EXPECT_EQ(handles(cem).size(), 1U);
}

TEST_F(DataTracks, AreRefusedForAReason) {
  publish(ann, 1, "one");
  EXPECT_EQ(refused(ann, publish_request(0, "x")), Reason::INVALID_HANDLE);
  EXPECT_EQ(refused(ann, publish_request(65536, "x")), Reason::INVALID_HANDLE);
  EXPECT_EQ(refused(ann, publish_request(2, "")), Reason::INVALID_NAME);
  EXPECT_EQ(refused(ann, publish_request(2, std::string(kMaxName + 1, 'x'))), Reason::INVALID_NAME);
  EXPECT_EQ(refused(ann, publish_request(1, "x")), Reason::DUPLICATE_HANDLE);
  EXPECT_EQ(refused(ann, publish_request(2, "one")), Reason::DUPLICATE_NAME);
  SignalRequest large = publish_request(2, "two");
  large.mutable_publish_data_track_request()->mutable_schema()->set_name(std::string(kMaxDataTrackRequest, 'x'));
  EXPECT_EQ(refused(ann, large), Reason::INVALID_REQUEST);
  const auto answer = t.messages(ann, SignalResponse::kRequestResponse).back().request_response();
  EXPECT_EQ(answer.publish_data_track().pub_handle(), 2U) << "the request comes back";
  Grants mute = TestRoom::grants("mute");
  mute.permission.set_can_publish_data(false);
  EXPECT_EQ(refused(t.join_active(mute), publish_request(1, "x")), Reason::NOT_ALLOWED);
}

TEST_F(DataTracks, HaveALimitPerParticipant) {
  for (std::uint32_t i = 1; i <= kMaxDataTracks; ++i) {
    EXPECT_NE(publish(ann, i, std::to_string(i)), "") << i;
    t.advance(200ms);
  }
  EXPECT_EQ(refused(ann, publish_request(kMaxDataTracks + 1, "more")), Reason::LIMIT_EXCEEDED);
}

TEST_F(DataTracks, SubscriptionsHaveALimitPerParticipant) {
  std::size_t published = 0;
  for (const char* who : {"c", "d", "e", "f", "g"}) {
    const PeerSid publisher = t.join_active(who);
    for (std::uint32_t i = 1; i <= kMaxDataTracks; ++i, ++published) {
      publish(publisher, i, std::to_string(i));
      t.advance(200ms);
    }
  }
  ASSERT_GT(published, kMaxDataSubscriptions);
  EXPECT_EQ(handles(bob).size(), kMaxDataSubscriptions);
  const auto& subscriptions = t.room.state().participants.at(bob).data_subscriptions;
  for (const auto& [sid, publisher] : t.room.state().data_publisher_of) {
    if (subscriptions.contains(sid)) continue;
    wish(bob, sid.value(), true);
    EXPECT_EQ(t.messages(bob, SignalResponse::kSubscriptionResponse).back().subscription_response().track_sid(),
              sid.value());
    return;
  }
}

TEST_F(DataTracks, EndWithTheirUnpublication) {
  const std::string sid = publish(ann, 7, "pose");
  t.forget();
  unpublish(ann, 7);
  EXPECT_EQ(
      t.messages(ann, SignalResponse::kUnpublishDataTrackResponse).at(0).unpublish_data_track_response().info().sid(),
      sid);
  EXPECT_EQ(t.news(bob, ann)->data_tracks_size(), 0);
  EXPECT_TRUE(handles(bob).empty());
  EXPECT_EQ(t.messages(bob, SignalResponse::kDataTrackSubscriberHandles).size(), 1U);
  EXPECT_EQ(t.commands<media::UnsubscribeDataTrack>().size(), 1U);
  t.forget();
  unpublish(ann, 7);
  const auto answer = t.messages(ann, SignalResponse::kRequestResponse).at(0).request_response();
  EXPECT_EQ(answer.reason(), Reason::NOT_FOUND);
  EXPECT_EQ(answer.unpublish_data_track().pub_handle(), 7U);
}

TEST_F(DataTracks, EndWhenTheirPublisherLeaves) {
  publish(ann, 7, "pose");
  publish(ann, 8, "map");
  t.forget();
  SignalRequest leave;
  leave.mutable_leave();
  t.request(ann, leave);
  EXPECT_EQ(t.messages(bob, SignalResponse::kDataTrackSubscriberHandles).size(), 1U) << "once for both";
  EXPECT_TRUE(handles(bob).empty());
  EXPECT_TRUE(t.room.state().data_publisher_of.empty());
  EXPECT_TRUE(t.commands<media::UnsubscribeDataTrack>().empty()) << "media forgot it with the publisher";
}

TEST_F(DataTracks, MediaForgetsASubscriberWhoLeaves) {
  publish(ann, 7, "pose");
  t.forget();
  SignalRequest leave;
  leave.mutable_leave();
  t.request(bob, leave);
  ASSERT_EQ(t.commands<media::UnsubscribeDataTrack>().size(), 1U);
  EXPECT_EQ(t.commands<media::UnsubscribeDataTrack>()[0].subscriber, bob);
}

TEST_F(DataTracks, WhoDoesNotWantThemAsksForThem) {
  const PeerSid cem = join_without_wishes("cem");
  const std::string sid = publish(ann, 7, "pose");
  EXPECT_TRUE(handles(cem).empty());
  wish(cem, sid, true, 5);
  EXPECT_EQ(handles(cem).size(), 1U);
  EXPECT_EQ(t.commands<media::SubscribeDataTrack>().back().max_fps, 5U);
  wish(cem, sid, true, 9);
  EXPECT_EQ(t.commands<media::SubscribeDataTrack>().back().max_fps, 9U);
  wish(cem, sid, false);
  EXPECT_TRUE(handles(cem).empty());
  EXPECT_TRUE(t.room.state().participants.at(cem).data_subscriptions.empty());
  wish(cem, sid, true);
  EXPECT_EQ(handles(cem).begin()->first, 2U) << "a handle of before could still have packets on their way";
}

TEST_F(DataTracks, AskedForAgainTheHandlesAreToldAgain) {
  const std::string sid = publish(ann, 7, "pose");
  t.forget();
  wish(bob, sid, true);
  EXPECT_EQ(handles(bob).size(), 1U);
  EXPECT_TRUE(t.commands<media::SubscribeDataTrack>().empty());
}

TEST_F(DataTracks, AnUnknownOneIsNotFound) {
  wish(bob, "DTR_nothing", true);
  EXPECT_EQ(t.messages(bob, SignalResponse::kSubscriptionResponse).at(0).subscription_response().err(),
            livekit::SE_TRACK_NOTFOUND);
}

TEST_F(DataTracks, ThePublisherSaysWhoMayHaveThem) {
  const std::string sid = publish(ann, 7, "pose");
  SignalRequest nobody;
  nobody.mutable_subscription_permission()->set_all_participants(false);
  t.request(ann, nobody);
  EXPECT_TRUE(handles(bob).empty());
  EXPECT_FALSE(
      t.messages(bob, SignalResponse::kSubscriptionPermissionUpdate).back().subscription_permission_update().allowed());
  SignalRequest all;
  all.mutable_subscription_permission()->set_all_participants(true);
  t.request(ann, all);
  EXPECT_EQ(handles(bob).size(), 1U);
}

TEST_F(DataTracks, EndWithTheRightToThem) {
  publish(ann, 7, "pose");
  t.forget();
  livekit::UpdateParticipantRequest request;
  request.set_identity("ann");
  *request.mutable_permission() = default_permission();
  request.mutable_permission()->set_can_publish_data(false);
  ASSERT_TRUE(t.room.update_participant(t.at, request));
  t.advance(50ms);
  EXPECT_EQ(t.messages(ann, SignalResponse::kUnpublishDataTrackResponse).size(), 1U);
  EXPECT_TRUE(handles(bob).empty());
  EXPECT_EQ(t.commands<media::UnsubscribeDataTrack>().size(), 1U);
}

TEST_F(DataTracks, WhoHidesTakesTheirsAlong) {
  publish(ann, 7, "pose");
  livekit::UpdateParticipantRequest request;
  request.set_identity("ann");
  *request.mutable_permission() = default_permission();
  request.mutable_permission()->set_hidden(true);
  ASSERT_TRUE(t.room.update_participant(t.at, request));
  t.advance(50ms);
  EXPECT_TRUE(handles(bob).empty());
  request.mutable_permission()->set_hidden(false);
  ASSERT_TRUE(t.room.update_participant(t.at, request));
  t.advance(50ms);
  EXPECT_EQ(handles(bob).size(), 1U);
}

TEST_F(DataTracks, AResumingClientMustNotHaveOnesThatAreUnknown) {
  const std::string sid = publish(ann, 7, "pose");
  ASSERT_TRUE(t.resume(ann, "ann"));
  SignalRequest sync;
  sync.mutable_sync_state()->add_publish_data_tracks()->mutable_info()->set_sid(sid);
  t.request(ann, sync);
  EXPECT_TRUE(t.has("ann"));
  sync.mutable_sync_state()->mutable_publish_data_tracks(0)->mutable_info()->set_sid("DTR_other");
  t.request(ann, sync);
  EXPECT_EQ(t.messages(ann, SignalResponse::kLeave).at(0).leave().action(), livekit::LeaveRequest::RECONNECT);
}

TEST_F(DataTracks, AResumingSubscriberHearsItsHandlesAgain) {
  publish(ann, 7, "pose");
  t.forget();
  ASSERT_TRUE(t.resume(bob, "bob"));
  EXPECT_EQ(handles(bob).size(), 1U);
}

}  // namespace
}  // namespace costage::signal
