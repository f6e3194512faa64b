#include "signal/backup_codec.hpp"

#include "signal/limits.hpp"
#include "signal/test_room.hpp"

namespace costage::signal {
namespace {

using Reason = livekit::RequestResponse;

// Ann publishes AV1 with VP8 to fall back to; old and older cannot decode AV1.
struct BackupCodecTest : testing::Test {
  void publish(livekit::BackupCodecPolicy policy = livekit::SIMULCAST) {
    SignalRequest request = TestRoom::add_track("cam");
    auto& track = *request.mutable_add_track();
    track.set_backup_codec_policy(policy);
    for (const char* codec : {"av1", "vp8"}) track.add_simulcast_codecs()->set_codec(codec);
    track.mutable_simulcast_codecs(0)->set_cid("cam");
    t.request(ann, request);
    sid = TrackSid{t.inbox[ann].back().track_published().track().sid()};
    t.start(ann, sid, "video/AV1");
    t.forget();
  }
  SignalRequest add_backup(const std::string& cid = "cam2", const char* codec = "vp8") const {
    SignalRequest request = TestRoom::add_track(cid);
    request.mutable_add_track()->set_sid(sid.value());
    request.mutable_add_track()->add_simulcast_codecs()->set_codec(codec);
    return request;
  }
  void publish_backup() {
    t.request(ann, add_backup());
    t.start(ann, backup_sid(sid), "video/VP8");
  }
  void cannot_decode(const PeerSid& viewer, const TrackSid& track) {
    t.event(media::SubscriptionFailed{viewer, track, media::SubscriptionFailure::no_codec});
  }
  // "av1 3, vp8 0": how many qualities of each codec the publisher was last asked for.
  std::string asked_for() {
    const auto updates = t.messages(ann, SignalResponse::kSubscribedQualityUpdate);
    std::string out;
    if (updates.empty()) return out;
    for (const auto& codec : updates.back().subscribed_quality_update().subscribed_codecs()) {
      const auto on =
          std::count_if(codec.qualities().begin(), codec.qualities().end(), [](auto& q) { return q.enabled(); });
      out += (out.empty() ? "" : ", ") + codec.codec() + " " + std::to_string(on);
    }
    return out;
  }
  std::vector<std::string> subscribed(const PeerSid& viewer) {
    std::vector<std::string> out;
    for (const auto& command : t.commands<media::Subscribe>())
      if (command.subscriber == viewer)
        out.push_back(command.track.value() + (command.instead_of.value().empty() ? "" : " instead"));
    return out;
  }
  Reason::Reason refusal_of(const SignalRequest& request) {
    t.forget();
    t.request(ann, request);
    const auto answers = t.messages(ann, SignalResponse::kRequestResponse);
    return answers.empty() ? Reason::OK : answers.back().request_response().reason();
  }

  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const PeerSid bob = t.join_active("bob");
  const PeerSid old = t.join_active("old");
  TrackSid sid;
};
using Sids = std::vector<std::string>;

TEST_F(BackupCodecTest, IsAskedForWhenAViewerCannotDecodeTheFirst) {
  publish();
  EXPECT_EQ(asked_for(), "");
  cannot_decode(old, sid);
  EXPECT_EQ(asked_for(), "av1 3, vp8 3");
  EXPECT_TRUE(t.messages(old, SignalResponse::kSubscriptionResponse).empty()) << "no error: it will come";
  EXPECT_EQ(subscribed(old), Sids{}) << "not yet";

  t.forget();
  t.request(ann, add_backup());
  const auto published = t.messages(ann, SignalResponse::kTrackPublished);
  ASSERT_EQ(published.size(), 1U);
  EXPECT_EQ(published[0].track_published().cid(), "cam2");
  EXPECT_EQ(published[0].track_published().track().sid(), sid.value());
  EXPECT_EQ(published[0].track_published().track().codecs(1).cid(), "cam2");
  const auto announced = t.commands<media::PublishTrack>();
  ASSERT_EQ(announced.size(), 1U);
  EXPECT_EQ(announced[0].codec, "video/VP8");
  EXPECT_EQ(announced[0].shown_as, sid);
  t.start(ann, backup_sid(sid), "video/VP8");
  EXPECT_EQ(subscribed(old), Sids{sid.value() + "+backup"});
  EXPECT_EQ(subscribed(bob), Sids{});
  ASSERT_NE(t.news(bob, ann), nullptr);
  EXPECT_EQ(t.news(bob, ann)->tracks_size(), 1) << "to clients it is one track";
  EXPECT_EQ(t.news(bob, ann)->tracks(0).mime_type(), "video/AV1");
}

TEST_F(BackupCodecTest, TheNextViewerWithoutTheFirstCodecGetsTheSecondAtOnce) {
  publish();
  cannot_decode(old, sid);
  publish_backup();
  const PeerSid older = t.join_active("older");
  t.forget();
  cannot_decode(older, sid);
  EXPECT_EQ(subscribed(older), Sids{sid.value() + "+backup"});
}

TEST_F(BackupCodecTest, WhatIsWantedIsToldByCodec) {
  publish();
  cannot_decode(old, sid);
  publish_backup();
  t.event(media::LayerDemand{ann, backup_sid(sid), true, media::Layer::low});
  EXPECT_EQ(asked_for(), "av1 3, vp8 1");
  t.event(media::LayerDemand{ann, sid, true, media::Layer::medium});
  EXPECT_EQ(asked_for(), "av1 2, vp8 1");
  t.event(media::LayerDemand{ann, backup_sid(sid), false, media::Layer::low});
  EXPECT_EQ(asked_for(), "av1 2, vp8 0");
  SignalRequest setting;
  setting.mutable_track_setting()->add_track_sids(sid.value());
  setting.mutable_track_setting()->set_quality(livekit::LOW);
  t.request(old, setting);
  ASSERT_EQ(t.commands<media::ConfigureSubscription>().size(), 1U);
  EXPECT_EQ(t.commands<media::ConfigureSubscription>()[0].track, backup_sid(sid));
}

// BackupCodecPolicy: as LiveKit does by default in rooms of fewer than five.
TEST_F(BackupCodecTest, InASmallRoomEverybodyChangesOverWhenItFlows) {
  publish(livekit::PREFER_REGRESSION);
  cannot_decode(old, sid);
  publish_backup();
  EXPECT_EQ(subscribed(bob), Sids{});
  t.event(media::TrackFlowing{ann, backup_sid(sid)});
  EXPECT_EQ(subscribed(bob), Sids{sid.value() + "+backup instead"});
  EXPECT_EQ(asked_for(), "av1 0, vp8 3");
  const PeerSid late = t.join_active("late");
  EXPECT_EQ(subscribed(late), Sids{sid.value() + "+backup"});
}

TEST_F(BackupCodecTest, InALargerOneOnlyIfThePublisherInsists) {
  for (const char* name : {"carl", "dora"}) t.join_active(name);
  for (const auto policy : {livekit::PREFER_REGRESSION, livekit::REGRESSION}) {
    publish(policy);
    cannot_decode(old, sid);
    publish_backup();
    t.event(media::TrackFlowing{ann, backup_sid(sid)});
    const bool insists = policy == livekit::REGRESSION;
    EXPECT_EQ(subscribed(bob), insists ? Sids{sid.value() + "+backup instead"} : Sids{});
    EXPECT_EQ(asked_for(), insists ? "av1 0, vp8 3" : "av1 3, vp8 3");
    t.event(media::TrackEnded{ann, sid});
  }
}

TEST_F(BackupCodecTest, PublishedAnewItsViewersGetTheNewOne) {
  publish();
  cannot_decode(old, sid);
  publish_backup();
  t.forget();
  t.request(ann, add_backup("cam3"));
  t.start(ann, backup_sid(sid), "video/VP8");
  EXPECT_EQ(subscribed(old), Sids{sid.value() + "+backup"});
}

TEST_F(BackupCodecTest, WhenItEndsItsViewersTryTheFirstAgain) {
  publish(livekit::REGRESSION);
  cannot_decode(old, sid);
  publish_backup();
  t.event(media::TrackFlowing{ann, backup_sid(sid)});
  t.forget();
  t.event(media::TrackEnded{ann, backup_sid(sid)});
  EXPECT_EQ(subscribed(bob), Sids{sid.value()});
  EXPECT_EQ(subscribed(old), Sids{sid.value()});
  cannot_decode(old, sid);
  EXPECT_EQ(asked_for(), "av1 3, vp8 3");
}

TEST_F(BackupCodecTest, EndsAndIsMutedWithItsTrack) {
  publish();
  cannot_decode(old, sid);
  publish_backup();
  SignalRequest mute;
  mute.mutable_mute()->set_sid(sid.value());
  mute.mutable_mute()->set_muted(true);
  t.request(ann, mute);
  ASSERT_EQ(t.commands<media::MuteTrack>().size(), 2U);
  EXPECT_EQ(t.commands<media::MuteTrack>()[1].track, backup_sid(sid));
  t.event(media::TrackEnded{ann, sid});
  ASSERT_EQ(t.commands<media::UnpublishTrack>().size(), 1U);
  EXPECT_EQ(t.commands<media::UnpublishTrack>()[0].track, backup_sid(sid));
}

TEST_F(BackupCodecTest, WhoCannotDecodeThatEitherIsTold) {
  publish();
  cannot_decode(old, sid);
  publish_backup();
  cannot_decode(old, backup_sid(sid));
  const auto errors = t.messages(old, SignalResponse::kSubscriptionResponse);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].subscription_response().track_sid(), sid.value());
  EXPECT_EQ(errors[0].subscription_response().err(), livekit::SE_CODEC_UNSUPPORTED);
}

TEST_F(BackupCodecTest, OnlyWhatWasAnnouncedWithTheTrackIsTaken) {
  publish();
  EXPECT_EQ(refusal_of(add_backup("cam2", "h264")), Reason::UNSUPPORTED_TYPE);
  EXPECT_EQ(refusal_of(add_backup("cam2", "av1")), Reason::UNSUPPORTED_TYPE) << "it has that";
  EXPECT_EQ(refusal_of(add_backup("")), Reason::INVALID_REQUEST);
  EXPECT_EQ(refusal_of(add_backup(std::string(kMaxCid + 1, 'c'))), Reason::INVALID_REQUEST);
  EXPECT_EQ(refusal_of(add_backup("cam")), Reason::DUPLICATE_NAME);
  auto of_nobody = add_backup();
  of_nobody.mutable_add_track()->set_sid("TR_nobody");
  EXPECT_EQ(refusal_of(of_nobody), Reason::NOT_FOUND);
  EXPECT_EQ(refusal_of(add_backup()), Reason::OK);
  sid = t.publish(ann, "other");  // without a second codec
  EXPECT_EQ(refusal_of(add_backup("cam4")), Reason::UNSUPPORTED_TYPE);
}

}  // namespace
}  // namespace costage::signal
