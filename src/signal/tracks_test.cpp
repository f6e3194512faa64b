#include "signal/tracks.hpp"

#include "signal/limits.hpp"
#include "signal/test_room.hpp"

namespace costage::signal {
namespace {

using testing::StartsWith;
using Reason = livekit::RequestResponse;

TEST(Tracks, PendingThenPublishedThenSubscribed) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const PeerSid bob = t.join_active("bob");
  t.forget();
  t.request(ann, TestRoom::add_track("cam"));
  const auto published = t.messages(ann, SignalResponse::kTrackPublished);
  ASSERT_EQ(published.size(), 1U);
  EXPECT_EQ(published[0].track_published().cid(), "cam");
  const TrackSid sid{published[0].track_published().track().sid()};
  EXPECT_THAT(sid.value(), StartsWith("TR_VC"));
  ASSERT_EQ(t.commands<media::PublishTrack>().size(), 1U);
  EXPECT_EQ(t.commands<media::PublishTrack>()[0].stream, "camera");
  EXPECT_EQ(t.news(bob, ann), nullptr);  // not before it is bound

  t.start(ann, sid, "video/VP8");
  ASSERT_NE(t.news(bob, ann), nullptr);
  ASSERT_EQ(t.news(bob, ann)->tracks_size(), 1);
  EXPECT_EQ(t.news(bob, ann)->tracks(0).mime_type(), "video/VP8");
  EXPECT_TRUE(t.news(bob, ann)->is_publisher());
  const auto subscribed = t.commands<media::Subscribe>();
  ASSERT_EQ(subscribed.size(), 1U);
  EXPECT_EQ(subscribed[0].subscriber, bob);
  EXPECT_EQ(t.messages(ann, SignalResponse::kTrackSubscribed).size(), 1U);
}

TEST(Tracks, UpdateComesBeforeTheSubscription) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  t.join_active("bob");
  t.request(ann, TestRoom::add_track("cam"));
  const TrackSid sid{t.inbox[ann].back().track_published().track().sid()};
  t.forget();
  t.start(ann, sid, "video/VP8");
  const media::Command subscribe = media::Subscribe{};
  const auto update = std::find(t.order.begin(), t.order.end(), "send update");
  const auto command = std::find(t.order.begin(), t.order.end(), "media " + std::to_string(subscribe.index()));
  ASSERT_NE(update, t.order.end());
  ASSERT_NE(command, t.order.end());
  EXPECT_LT(update, command);
}

TEST(Tracks, LateJoinersGetWhatIsPublished) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const TrackSid sid = t.publish(ann, "mic", livekit::MICROPHONE);
  t.forget();
  const PeerSid bob = t.join("bob");
  EXPECT_EQ(t.inbox[bob].front().join().other_participants(0).tracks(0).sid(), sid.value());
  ASSERT_EQ(t.commands<media::Subscribe>().size(), 1U);
  EXPECT_EQ(t.commands<media::Subscribe>()[0].subscriber, bob);
}

TEST(Tracks, AtMostTwentyPending) {
  TestRoom t;
  const PeerSid ann = t.join("ann");
  for (std::size_t i = 0; i < kMaxPendingTracks; ++i) t.request(ann, TestRoom::add_track("c" + std::to_string(i)));
  EXPECT_EQ(t.messages(ann, SignalResponse::kTrackPublished).size(), kMaxPendingTracks);
  t.request(ann, TestRoom::add_track("one too many"));
  EXPECT_EQ(t.messages(ann, SignalResponse::kTrackPublished).size(), kMaxPendingTracks);
  ASSERT_EQ(t.messages(ann, SignalResponse::kRequestResponse).size(), 1U);
  EXPECT_EQ(t.inbox[ann].back().request_response().reason(), Reason::LIMIT_EXCEEDED);
  EXPECT_EQ(t.inbox[ann].back().request_response().add_track().cid(), "one too many");
}

TEST(Tracks, SameCidWaitsForTheOldTrackToEnd) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const TrackSid first = t.publish(ann, "cam");
  t.forget();
  t.request(ann, TestRoom::add_track("cam"));
  EXPECT_EQ(t.inbox[ann].back().request_response().reason(), Reason::QUEUED);
  t.event(media::TrackEnded{ann, first});
  ASSERT_EQ(t.messages(ann, SignalResponse::kTrackPublished).size(), 1U);
  EXPECT_NE(t.messages(ann, SignalResponse::kTrackPublished)[0].track_published().track().sid(), first.value());
}

// Waiting has an end.
TEST(Tracks, OneThatWaitsForItsCidIsRefusedAfterTenSeconds) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const TrackSid first = t.publish(ann, "cam");
  t.request(ann, TestRoom::add_track("cam"));
  EXPECT_LE(t.room.wake_at(), t.at.now + kQueuedFor);
  t.advance(kQueuedFor - 1s);
  t.forget();
  t.advance(1s);
  ASSERT_EQ(t.messages(ann, SignalResponse::kRequestResponse).size(), 1U);
  EXPECT_EQ(t.messages(ann, SignalResponse::kRequestResponse)[0].request_response().reason(), Reason::DUPLICATE_NAME);
  t.event(media::TrackEnded{ann, first});
  EXPECT_TRUE(t.messages(ann, SignalResponse::kTrackPublished).empty());
}

TEST(Tracks, AnAnnouncementThatMediaGivesUpMakesRoomForAnother) {
  TestRoom t;
  const PeerSid ann = t.join("ann");
  for (std::size_t i = 0; i < kMaxPendingTracks; ++i) t.request(ann, TestRoom::add_track("c" + std::to_string(i)));
  t.forget();
  const TrackSid given_up = t.room.state().participants.at(ann).tracks.begin()->first;
  t.event(media::TrackEnded{ann, given_up});
  ASSERT_EQ(t.messages(ann, SignalResponse::kTrackUnpublished).size(), 1U);
  EXPECT_EQ(t.inbox[ann].back().track_unpublished().track_sid(), given_up.value());
  t.request(ann, TestRoom::add_track("another"));
  EXPECT_EQ(t.messages(ann, SignalResponse::kTrackPublished).size(), 1U);
}

TEST(Tracks, BadRequestsAreRefusedByName) {
  TestRoom t;
  const PeerSid ann = t.join("ann");
  t.request(ann, TestRoom::add_track(""));
  EXPECT_EQ(t.inbox[ann].back().request_response().reason(), Reason::INVALID_REQUEST);
  t.request(ann, TestRoom::add_track(std::string(kMaxCid + 1, 'c')));
  EXPECT_EQ(t.inbox[ann].back().request_response().reason(), Reason::INVALID_REQUEST);
  SignalRequest data = TestRoom::add_track("d");
  data.mutable_add_track()->set_type(livekit::DATA);
  t.request(ann, data);
  EXPECT_EQ(t.inbox[ann].back().request_response().reason(), Reason::UNSUPPORTED_TYPE);
}

TEST(Tracks, MuteIsForwardedAndSeen) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const PeerSid bob = t.join_active("bob");
  const TrackSid sid = t.publish(ann, "cam");
  t.forget();
  SignalRequest mute;
  mute.mutable_mute()->set_sid(sid.value());
  mute.mutable_mute()->set_muted(true);
  t.request(ann, mute);
  t.request(ann, mute);  // says nothing new
  ASSERT_EQ(t.commands<media::MuteTrack>().size(), 1U);
  EXPECT_TRUE(t.commands<media::MuteTrack>()[0].muted);
  EXPECT_TRUE(t.news(bob, ann)->tracks(0).muted());
  ASSERT_EQ(t.notices<DevicesChanged>().size(), 1U);
  EXPECT_EQ(t.notices<DevicesChanged>()[0].devices.camera, Device::muted);
}

TEST(Tracks, NobodyMutesAnothersTrackByMessage) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const PeerSid bob = t.join_active("bob");
  const TrackSid sid = t.publish(ann, "cam");
  t.forget();
  SignalRequest mute;
  mute.mutable_mute()->set_sid(sid.value());
  mute.mutable_mute()->set_muted(true);
  t.request(bob, mute);
  EXPECT_TRUE(t.commands<media::MuteTrack>().empty());
}

TEST(Tracks, ServerUnmutesWhereThatIsAllowed) {
  RoomOptions options;
  options.remote_unmute = true;
  TestRoom t{options};
  const PeerSid ann = t.join_active("ann");
  const TrackSid sid = t.publish(ann, "mic", livekit::MICROPHONE);
  ASSERT_TRUE(t.room.mute_published_track(t.at, "ann", sid, true).has_value());
  EXPECT_FALSE(t.room.mute_published_track(t.at, "ann", sid, false)->muted());
  t.advance(50ms);
  const auto told = t.messages(ann, SignalResponse::kMute);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_FALSE(told[1].mute().muted());
}

TEST(Tracks, ServerMutesButDoesNotUnmute) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const TrackSid sid = t.publish(ann, "mic", livekit::MICROPHONE);
  const auto muted = t.room.mute_published_track(t.at, "ann", sid, true);
  ASSERT_TRUE(muted.has_value());
  EXPECT_TRUE(muted->muted());
  EXPECT_EQ(t.room.mute_published_track(t.at, "ann", sid, false).error(), ApiRefusal::remote_unmute_not_enabled);
  EXPECT_EQ(t.room.mute_published_track(t.at, "ann", TrackSid{"TR_none"}, true).error(), ApiRefusal::track_not_found);
  EXPECT_EQ(t.room.mute_published_track(t.at, "eve", sid, true).error(), ApiRefusal::participant_not_found);
  t.advance(50ms);
  ASSERT_EQ(t.messages(ann, SignalResponse::kMute).size(), 1U);
}

TEST(Tracks, AChangeOfATrackThatIsNotThereIsAnswered) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  SignalRequest audio, video;
  audio.mutable_update_audio_track()->set_track_sid("TR_gone");
  video.mutable_update_video_track()->set_track_sid("TR_gone");
  t.request(ann, audio);
  t.request(ann, video);
  const auto answers = t.messages(ann, SignalResponse::kRequestResponse);
  ASSERT_EQ(answers.size(), 2U);
  for (const auto& answer : answers) EXPECT_EQ(answer.request_response().reason(), livekit::RequestResponse::NOT_FOUND);
  EXPECT_EQ(answers[0].request_response().update_audio_track().track_sid(), "TR_gone");
  EXPECT_EQ(answers[1].request_response().update_video_track().track_sid(), "TR_gone");
}

TEST(Tracks, EndedTracksAreGoneForEverybody) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const PeerSid bob = t.join_active("bob");
  const TrackSid sid = t.publish(ann, "cam");
  t.forget();
  t.event(media::TrackEnded{ann, sid});
  EXPECT_EQ(t.news(bob, ann)->tracks_size(), 0);
  EXPECT_TRUE(t.commands<media::UnpublishTrack>().empty()) << "media said so itself";
  EXPECT_TRUE(t.messages(ann, SignalResponse::kTrackUnpublished).empty()) << "the client did it";
  EXPECT_TRUE(t.room.state().publisher_of.empty());
  EXPECT_TRUE(t.room.state().participants.at(bob).subscriptions.empty());
}

}  // namespace
}  // namespace costage::signal
