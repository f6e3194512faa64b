#include "signal/forward.hpp"

#include "signal/limits.hpp"
#include "signal/test_room.hpp"

namespace costage::signal {
namespace {

using livekit::DataPacket;
using livekit::ParticipantInfo;
using testing::ElementsAre;

RoomOptions with_webhooks() {
  RoomOptions options;
  options.webhooks = true;
  options.remote_unmute = true;
  return options;
}

// Ann is here, Cleo there.
struct Forward : testing::Test {
  TestRoom here{with_webhooks()}, there{with_webhooks()};
  PeerSid ann, bob, cleo;
  TrackSid anns, cleos;

  Forward() {
    there.rng.next();  // ids of its own
    here.client.set_protocol(16);
    ann = here.join_active("ann");
    bob = here.join_active("bob");
    cleo = there.join_active("cleo");
    anns = here.publish(ann, "camera");
    here.event(media::TrackFlowing{ann, anns});
    cleos = there.publish(cleo, "camera");
    forget();
  }
  void forget() {
    here.forget();
    there.forget();
  }
  Result<bool, ApiRefusal> forward(const std::string& identity = "ann") {
    const auto forwarded = here.room.forward_participant(here.at, identity, there.room);
    there.advance(50ms);
    return forwarded;
  }
  // As the hub does after each turn. How many have ended.
  std::size_t update() {
    const std::size_t ended = here.room.update_forwarded(here.at, there.room.state().sid, &there.room);
    there.advance(50ms);
    return ended;
  }
  void say(const DataPacket& packet, media::Channel channel = media::Channel::reliable) {
    const std::string text = packet.SerializeAsString();
    here.event(media::DataReceived{ann, channel, std::make_shared<const Buffer>(text.begin(), text.end())});
    for (const DataForwarded& said : std::exchange(here.said_elsewhere, {}))
      there.room.on_forwarded_data(there.at, said);
    update();
  }
  void change_name(const std::string& name) {
    livekit::UpdateParticipantRequest request;
    request.set_identity("ann");
    request.set_name(name);
    ASSERT_TRUE(here.room.update_participant(here.at, request));
  }
  // What every end has in common: gone there with its tracks, as if it had never been here.
  void expect_gone(livekit::DisconnectReason reason) {
    EXPECT_EQ(there.news(cleo, ann)->state(), ParticipantInfo::DISCONNECTED);
    EXPECT_EQ(there.news(cleo, ann)->disconnect_reason(), reason);
    EXPECT_THAT(there.hooks(), ElementsAre("track_unpublished", "participant_left"));
    EXPECT_TRUE(there.commands<media::RemovePeer>().empty());
    EXPECT_TRUE(there.closed.empty());
    EXPECT_TRUE(there.all_notices.empty()) << "the application never heard of it";
    EXPECT_TRUE(there.inbox[ann].empty());
  }
};

DataPacket words(std::uint32_t sequence = 0) {
  DataPacket packet;
  packet.mutable_user()->set_payload("hello");
  packet.set_sequence(sequence);
  return packet;
}

TEST_F(Forward, IsInBothRooms) {
  ASSERT_TRUE(forward().value());
  EXPECT_TRUE(here.has("ann"));
  const auto shown = there.room.get_participant("ann").value();
  EXPECT_EQ(shown.sid(), ann.value());
  EXPECT_THAT(shown.kind_details(), ElementsAre(ParticipantInfo::FORWARDED));
  EXPECT_FALSE(shown.permission().can_subscribe()) << "it gets nothing from there";
  EXPECT_EQ(shown.name(), "ann's name");
  EXPECT_EQ(there.news(cleo, ann)->state(), ParticipantInfo::ACTIVE);
  EXPECT_EQ(there.news(cleo, ann)->tracks(0).sid(), anns.value());
  EXPECT_EQ(there.room.list_participants().size(), 2U);
  EXPECT_EQ(there.room.info().num_participants(), 2U);
  EXPECT_EQ(here.room.get_participant("ann")->kind_details_size(), 0);
}

TEST_F(Forward, MediaGoesOneWay) {
  ASSERT_TRUE(forward());
  const auto subscribed = there.commands<media::Subscribe>();
  ASSERT_EQ(subscribed.size(), 1U);
  EXPECT_EQ(subscribed[0].subscriber, cleo);
  EXPECT_EQ(subscribed[0].track, anns);
  EXPECT_EQ(there.all_commands.size(), 1U) << "no peer is added, and none moves";
  EXPECT_TRUE(here.all_commands.empty());
}

TEST_F(Forward, WhoComesLaterSeesItToo) {
  ASSERT_TRUE(forward());
  there.forget();
  const PeerSid dan = there.join_active("dan");
  const auto others = there.messages(dan, SignalResponse::kJoin).at(0).join().other_participants();
  EXPECT_TRUE(std::any_of(others.begin(), others.end(), [&](const auto& p) { return p.sid() == ann.value(); }));
  const auto subscribed = there.commands<media::Subscribe>();
  EXPECT_TRUE(std::any_of(subscribed.begin(), subscribed.end(),
                          [&](const auto& s) { return s.subscriber == dan && s.track == anns; }));
}

TEST_F(Forward, NothingIsSentToItFromThere) {
  here.lose_signal(ann);  // nor does it matter how it is connected
  ASSERT_TRUE(forward());
  there.publish(cleo, "screen", livekit::SCREEN_SHARE);
  there.join_active("dan");
  there.advance(10s);
  livekit::SendDataRequest request;
  request.set_data("for all");
  EXPECT_TRUE(there.room.send_data(there.at, request));
  request.add_destination_sids(ann.value());
  EXPECT_TRUE(there.room.send_data(there.at, request));
  there.advance(10min, 1s);
  EXPECT_TRUE(there.inbox[ann].empty());
  EXPECT_TRUE(there.has("ann"));
  for (const auto& token : there.tokens) EXPECT_NE(token.to, ann);
  for (const auto& sent : there.commands<media::SendData>())
    EXPECT_EQ(std::count(sent.to.begin(), sent.to.end(), ann), 0);
}

TEST_F(Forward, TheWorldHearsOfItThere) {
  ASSERT_TRUE(forward());
  EXPECT_THAT(there.hooks(), ElementsAre("participant_joined", "track_published"));
  there.forget();
  const TrackSid voice = here.publish(ann, "voice", livekit::MICROPHONE);
  update();
  EXPECT_TRUE(there.hooks().empty()) << "the track has not begun";
  here.event(media::TrackFlowing{ann, voice});
  update();
  update();
  EXPECT_THAT(there.hooks(), ElementsAre("track_published"));
  EXPECT_TRUE(there.all_notices.empty()) << "presence and seats are of its own room";
}

TEST_F(Forward, TwiceIsOnce) {
  ASSERT_TRUE(forward().value());
  forget();
  EXPECT_FALSE(forward().value());
  EXPECT_TRUE(there.all_commands.empty());
  EXPECT_TRUE(there.hooks().empty());
  EXPECT_EQ(here.room.forwarded_to().size(), 1U);
}

TEST_F(Forward, WhatChangesAtHomeChangesThere) {
  ASSERT_TRUE(forward());
  change_name("Annie");
  livekit::UpdateParticipantRequest request;
  request.set_identity("ann");
  request.set_metadata("m");
  (*request.mutable_attributes())["mood"] = "good";
  ASSERT_TRUE(here.room.update_participant(here.at, request));
  EXPECT_EQ(update(), 0U);
  EXPECT_EQ(there.news(cleo, ann)->name(), "Annie");
  EXPECT_EQ(there.news(cleo, ann)->metadata(), "m");
  EXPECT_EQ(there.news(cleo, ann)->attributes().at("mood"), "good");
  EXPECT_THAT(there.news(cleo, ann)->kind_details(), ElementsAre(ParticipantInfo::FORWARDED));
  ASSERT_TRUE(here.room.mute_published_track(here.at, "ann", anns, true));
  update();
  EXPECT_TRUE(there.news(cleo, ann)->tracks(0).muted());
  ASSERT_TRUE(here.room.mute_published_track(here.at, "ann", anns, false));
  update();
  EXPECT_FALSE(there.news(cleo, ann)->tracks(0).muted());
  there.forget();
  update();
  EXPECT_TRUE(there.order.empty()) << "nothing changed";
}

TEST_F(Forward, TracksComeAndGoThere) {
  ASSERT_TRUE(forward());
  there.forget();
  const TrackSid voice = here.publish(ann, "voice", livekit::MICROPHONE);
  update();
  ASSERT_EQ(there.commands<media::Subscribe>().size(), 1U);
  EXPECT_EQ(there.commands<media::Subscribe>()[0].track, voice);
  EXPECT_EQ(there.order.front(), "send update") << "before the offer that carries it";
  EXPECT_EQ(there.news(cleo, ann)->tracks_size(), 2);
  here.event(media::TrackEnded{ann, voice});
  update();
  EXPECT_EQ(there.news(cleo, ann)->tracks_size(), 1);
  EXPECT_FALSE(there.room.state().publisher_of.contains(voice));
  EXPECT_THAT(there.hooks(), ElementsAre("track_published", "track_unpublished"));
}

TEST_F(Forward, WhoMayNotPublishAtHomeAnyMoreDoesNotThere) {
  ASSERT_TRUE(forward());
  livekit::UpdateParticipantRequest request;
  request.set_identity("ann");
  *request.mutable_permission() = default_permission();
  request.mutable_permission()->set_can_publish(false);
  ASSERT_TRUE(here.room.update_participant(here.at, request));
  update();
  EXPECT_EQ(there.news(cleo, ann)->tracks_size(), 0);
  EXPECT_FALSE(there.news(cleo, ann)->permission().can_publish());
}

TEST_F(Forward, ItsSubscriptionPermissionsHoldThere) {
  ASSERT_TRUE(forward());
  there.forget();
  SignalRequest request;
  request.mutable_subscription_permission()->set_all_participants(false);
  here.request(ann, request);
  update();
  ASSERT_EQ(there.commands<media::Unsubscribe>().size(), 1U);
  EXPECT_EQ(there.commands<media::Unsubscribe>()[0].subscriber, cleo);
  request.mutable_subscription_permission()->set_all_participants(true);
  here.request(ann, request);
  update();
  EXPECT_EQ(there.commands<media::Subscribe>().size(), 1U);
}

TEST_F(Forward, SpeakingAndQualityAreSeenThere) {
  here.event(media::QualityMeasured{ann, media::Quality::good, 3});
  ASSERT_TRUE(forward());
  const auto qualities = [&] { return there.messages(cleo, SignalResponse::kConnectionQuality); };
  ASSERT_EQ(qualities().size(), 1U);
  EXPECT_EQ(qualities()[0].connection_quality().updates(0).participant_sid(), ann.value());
  here.event(media::QualityMeasured{ann, media::Quality::poor, 1});
  update();
  update();
  ASSERT_EQ(qualities().size(), 2U);
  EXPECT_EQ(qualities()[1].connection_quality().updates(0).quality(), livekit::POOR);
  there.event(media::SpeakersChanged{here.room.state().sid, {{ann, 0.5F, true}, {bob, 0.5F, true}}});
  const auto speakers = there.messages(cleo, SignalResponse::kSpeakersChanged);
  ASSERT_EQ(speakers.size(), 1U);
  ASSERT_EQ(speakers[0].speakers_changed().speakers_size(), 1) << "bob is not there";
  EXPECT_EQ(speakers[0].speakers_changed().speakers(0).sid(), ann.value());
  EXPECT_TRUE(there.notices<QualityChanged>().empty());
}

TEST_F(Forward, WhatItSaysToAllIsHeardThere) {
  ASSERT_TRUE(forward());
  there.forget();
  say(words(7));
  say(words(), media::Channel::lossy);
  const auto sent = there.commands<media::SendData>();
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_THAT(sent[0].to, ElementsAre(cleo));
  EXPECT_EQ(sent[1].channel, media::Channel::lossy);
  DataPacket heard;
  ASSERT_TRUE(heard.ParseFromArray(sent[0].bytes->data(), static_cast<int>(sent[0].bytes->size())));
  EXPECT_EQ(heard.participant_sid(), ann.value());
  EXPECT_EQ(heard.sequence(), 7U);
  ASSERT_EQ(there.room.state().replay.size(), 1U) << "for those whose channel is not open yet";
}

TEST_F(Forward, WhatItSaysToSomebodyOrCallsStaysAtHome) {
  ASSERT_TRUE(forward());
  there.forget();
  DataPacket to_bob = words();
  to_bob.add_destination_identities("bob");
  say(to_bob);
  DataPacket call;
  call.mutable_rpc_request()->set_id("1");
  say(call);
  DataPacket metrics;
  metrics.mutable_metrics();
  say(metrics);
  EXPECT_TRUE(there.commands<media::SendData>().empty());
  EXPECT_TRUE(here.said_elsewhere.empty());
}

TEST_F(Forward, OneReliableMessageMoreThanTheRoomTakesEndsIt) {
  ASSERT_TRUE(forward());
  const DataForwarded said{
      ann, {there.room.state().sid}, media::Channel::reliable, std::make_shared<const Buffer>(Buffer{})};
  const auto most = static_cast<int>(kDataRate.burst);
  for (int i = 0; i < most; ++i) there.room.on_forwarded_data(there.at, said);
  EXPECT_TRUE(there.has("ann"));
  there.room.on_forwarded_data(there.at, said);
  EXPECT_FALSE(there.has("ann"));
  EXPECT_EQ(update(), 1U);
}

TEST_F(Forward, DataTracksGoThere) {
  SignalRequest request;
  request.mutable_publish_data_track_request()->set_pub_handle(7);
  request.mutable_publish_data_track_request()->set_name("pose");
  here.request(ann, request);
  ASSERT_TRUE(forward());
  auto subscribed = there.commands<media::SubscribeDataTrack>();
  ASSERT_EQ(subscribed.size(), 1U);
  EXPECT_EQ(subscribed[0].peer, ann);
  EXPECT_EQ(subscribed[0].subscriber, cleo);
  EXPECT_EQ(there.news(cleo, ann)->data_tracks(0).name(), "pose");
  SignalRequest end;
  end.mutable_unpublish_data_track_request()->set_pub_handle(7);
  here.request(ann, end);
  update();
  ASSERT_EQ(there.commands<media::UnsubscribeDataTrack>().size(), 1U);
  EXPECT_EQ(there.news(cleo, ann)->data_tracks_size(), 0);
  here.request(ann, request);
  update();
  EXPECT_EQ(there.commands<media::SubscribeDataTrack>().size(), 2U);
}

TEST_F(Forward, ItsBlobsAreFoundThere) {
  ASSERT_TRUE(forward());
  SignalRequest store;
  auto& blob = *store.mutable_store_data_blob_request()->mutable_blob();
  blob.mutable_key()->set_generic("k");
  blob.set_contents("schema");
  here.request(ann, store);
  update();
  SignalRequest get;
  get.mutable_get_data_blob_request()->set_participant_identity("ann");
  *get.mutable_get_data_blob_request()->mutable_key() = blob.key();
  there.request(cleo, get);
  const auto answers = there.messages(cleo, SignalResponse::kGetDataBlobResponse);
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].get_data_blob_response().blob().contents(), "schema");
}

TEST_F(Forward, EndsWhenItLeavesItsRoom) {
  ASSERT_TRUE(forward());
  forget();
  SignalRequest leave;
  leave.mutable_leave();
  here.request(ann, leave);
  EXPECT_EQ(update(), 1U);
  expect_gone(livekit::CLIENT_INITIATED);
  EXPECT_TRUE(here.room.forwarded_to().empty());
}

TEST_F(Forward, EndsWhenItIsRemovedThere) {
  ASSERT_TRUE(forward());
  forget();
  ASSERT_TRUE(there.room.remove_participant(there.at, "ann"));
  there.advance(50ms);
  ASSERT_EQ(there.commands<media::Unsubscribe>().size(), 1U);
  expect_gone(livekit::PARTICIPANT_REMOVED);
  EXPECT_EQ(update(), 1U);
  EXPECT_TRUE(here.has("ann")) << "at home it stays";
  EXPECT_TRUE(forward().value()) << "and may be forwarded anew";
}

TEST_F(Forward, EndsWhenSomebodyOfThatIdentityComes) {
  ASSERT_TRUE(forward());
  forget();
  const PeerSid real = there.join_active("ann");
  there.advance(1s);
  EXPECT_EQ(there.news(cleo, ann)->state(), ParticipantInfo::DISCONNECTED);
  EXPECT_EQ(there.news(cleo, real)->state(), ParticipantInfo::ACTIVE) << "at once: it has nothing to publish again";
  EXPECT_TRUE(there.notices<Left>().empty());
  EXPECT_EQ(update(), 1U);
  EXPECT_EQ(there.room.get_participant("ann")->sid(), real.value());
}

TEST_F(Forward, EndsWithTheRoomThere) {
  ASSERT_TRUE(forward());
  forget();
  there.room.close(there.at, livekit::ROOM_DELETED, livekit::LeaveRequest::DISCONNECT);
  EXPECT_EQ(update(), 1U);
  EXPECT_FALSE(there.closed.contains(ann)) << "its connection is of its own room";
  EXPECT_TRUE(there.inbox[ann].empty());
  EXPECT_EQ(there.hooks().back(), "room_finished");
  EXPECT_TRUE(here.has("ann"));
}

TEST_F(Forward, ARoomThatIsGoneIsForgotten) {
  ASSERT_TRUE(forward());
  EXPECT_EQ(here.room.update_forwarded(here.at, there.room.state().sid, nullptr), 1U);
  EXPECT_TRUE(here.room.forwarded_to().empty());
}

TEST_F(Forward, EndsWhenItHides) {
  ASSERT_TRUE(forward());
  livekit::UpdateParticipantRequest request;
  request.set_identity("ann");
  *request.mutable_permission() = default_permission();
  request.mutable_permission()->set_hidden(true);
  ASSERT_TRUE(here.room.update_participant(here.at, request));
  EXPECT_EQ(update(), 1U);
  EXPECT_FALSE(there.has("ann"));
  EXPECT_EQ(forward().error(), ApiRefusal::hidden);
}

TEST_F(Forward, EndsWhenItMovesElsewhere) {
  ASSERT_TRUE(forward());
  there.forget();
  TestRoom elsewhere;
  ASSERT_TRUE(here.room.move_participant(here.at, "ann", elsewhere.room));
  EXPECT_EQ(update(), 1U);
  ASSERT_EQ(there.commands<media::Unsubscribe>().size(), 1U) << "media still has it";
  expect_gone(livekit::MIGRATION);
}

TEST_F(Forward, EndsWhenItMovesThere) {
  ASSERT_TRUE(forward());
  there.forget();
  ASSERT_TRUE(here.room.move_participant(here.at, "ann", there.room));
  EXPECT_EQ(update(), 1U);
  EXPECT_EQ(there.room.get_participant("ann")->kind_details_size(), 0);
  EXPECT_EQ(there.messages(ann, SignalResponse::kRoomMoved).size(), 1U) << "it hears from there now";
  EXPECT_TRUE(there.room.state().forwarded_here.empty());
}

TEST_F(Forward, KeepsNoRoomOpen) {
  ASSERT_TRUE(forward());
  ASSERT_TRUE(there.room.remove_participant(there.at, "cleo"));
  there.advance(50ms);
  there.forget();
  there.advance(21s, 1s);
  EXPECT_TRUE(there.finished);
  EXPECT_THAT(there.hooks(), ElementsAre("track_unpublished", "participant_left", "room_finished"));
  EXPECT_EQ(update(), 1U);
}

TEST_F(Forward, IsAskedForChangesAtHomeAlone) {
  ASSERT_TRUE(forward());
  livekit::UpdateParticipantRequest change;
  change.set_identity("ann");
  EXPECT_EQ(there.room.update_participant(there.at, change).error(), ApiRefusal::forwarded);
  EXPECT_EQ(there.room.mute_published_track(there.at, "ann", anns, true).error(), ApiRefusal::forwarded);
  livekit::UpdateSubscriptionsRequest wish;
  wish.set_identity("ann");
  EXPECT_EQ(there.room.update_subscriptions(there.at, wish).error(), ApiRefusal::forwarded);
  TestRoom elsewhere;
  EXPECT_EQ(there.room.move_participant(there.at, "ann", elsewhere.room).error(), ApiRefusal::forwarded);
  EXPECT_EQ(there.room.forward_participant(there.at, "ann", elsewhere.room).error(), ApiRefusal::forwarded);
  there.room.promote(there.at, "ann", "", "a seat");
  EXPECT_TRUE(there.room.find("ann")->grants.lease_id.empty());
  EXPECT_FALSE(there.resume(ann, "ann"));
}

TEST_F(Forward, ASeatStaysAtHome) {
  here.room.promote(here.at, "ann", "", "a seat");
  ASSERT_TRUE(forward());
  EXPECT_TRUE(there.room.find("ann")->grants.lease_id.empty());
  EXPECT_EQ(here.room.find("ann")->grants.lease_id, "a seat");
}

TEST_F(Forward, BothWaysAtOnce) {
  ASSERT_TRUE(forward());
  ASSERT_TRUE(there.room.forward_participant(there.at, "cleo", here.room));
  here.advance(50ms);
  EXPECT_EQ(here.room.list_participants().size(), 3U);
  const auto subscribed = here.commands<media::Subscribe>();
  EXPECT_EQ(subscribed.size(), 2U) << "ann and bob see cleo";
  EXPECT_FALSE(here.room.update_forwarded(here.at, there.room.state().sid, &there.room));
  EXPECT_FALSE(there.room.has_effects()) << "who is shown is not shown on";
}

TEST_F(Forward, WhoCannotBeForwardedIsNot) {
  EXPECT_EQ(forward("nobody").error(), ApiRefusal::participant_not_found);
  here.join("late");
  EXPECT_EQ(forward("late").error(), ApiRefusal::not_connected);
  here.join_active("cleo");
  EXPECT_EQ(forward("cleo").error(), ApiRefusal::identity_taken) << "nobody is put out for it";
  EXPECT_EQ(there.room.list_participants().size(), 1U);
}

TEST_F(Forward, OneMoreThanTheRoomHolds) {
  RoomOptions options;
  options.max_participants = 1;
  TestRoom full{options};
  full.rng.next();
  EXPECT_TRUE(here.room.forward_participant(here.at, "ann", full.room).has_value());
  EXPECT_TRUE(here.room.forward_participant(here.at, "ann", full.room).has_value()) << "it is there already";
  EXPECT_EQ(here.room.forward_participant(here.at, "bob", full.room).error(), ApiRefusal::room_full);
  EXPECT_EQ(full.room.on_join(full.at, {TestRoom::grants("dan"), {}, true}).error(), JoinRefusal::room_full);
  EXPECT_TRUE(full.room.on_join(full.at, {TestRoom::grants("ann"), {}, true}).has_value()) << "in its place";
}

TEST_F(Forward, OneMoreRoomThanOneIsShownIn) {
  std::vector<std::unique_ptr<Room>> rooms;
  for (std::size_t i = 0; i <= kMaxForwards; ++i)
    rooms.push_back(std::make_unique<Room>("room", RoomOptions{}, there.at, there.rng));
  for (std::size_t i = 0; i < kMaxForwards; ++i)
    ASSERT_TRUE(here.room.forward_participant(here.at, "ann", *rooms[i]).has_value());
  EXPECT_EQ(here.room.forward_participant(here.at, "ann", *rooms.back()).error(), ApiRefusal::too_many_forwards);
  EXPECT_EQ(here.room.forwarded_to().size(), kMaxForwards);
}

}  // namespace
}  // namespace costage::signal
