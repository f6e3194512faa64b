#include "signal/join.hpp"

#include "base/codecs.hpp"
#include "signal/limits.hpp"
#include "signal/test_room.hpp"

namespace costage::signal {
namespace {

using testing::ElementsAre;
using testing::StartsWith;

TEST(Join, FirstMessageIsAJoinResponseThatClientsCanUse) {
  TestRoom t;
  const PeerSid sid = t.join("ann");
  ASSERT_FALSE(t.inbox[sid].empty());
  ASSERT_TRUE(t.inbox[sid].front().has_join());
  const livekit::JoinResponse& join = t.inbox[sid].front().join();
  EXPECT_THAT(join.participant().sid(), StartsWith("PA_"));
  EXPECT_THAT(join.room().sid(), StartsWith("RM_"));
  EXPECT_EQ(join.room().name(), "show");
  EXPECT_EQ(join.room().creation_time(), 1'700'000'000);
  EXPECT_EQ(join.participant().state(), livekit::ParticipantInfo::JOINED);
  EXPECT_TRUE(join.participant().permission().can_publish());
  EXPECT_FALSE(join.server_info().version().empty());
  EXPECT_EQ(join.ping_interval(), 5);
  EXPECT_EQ(join.ping_timeout(), 15);
  EXPECT_TRUE(join.subscriber_primary());
  ASSERT_EQ(join.enabled_publish_codecs_size(), static_cast<int>(media::kCodecs.size()) + 1) << "and RED";
  EXPECT_EQ(join.enabled_publish_codecs(1).mime(), "video/VP8") << "what clients fall back to is the first video";
  EXPECT_EQ(t.commands<media::AddPeer>().size(), 1U);
  EXPECT_EQ(t.tokens.size(), 1U);  // a fresh token at once
}

TEST(Join, MediaKnowsOfFirefox) {
  TestRoom t;
  Join request{TestRoom::grants("fox"), {}};
  request.client.set_browser("firefox");
  ASSERT_TRUE(t.room.on_join(t.at, std::move(request)).has_value());
  t.join("ann");
  EXPECT_TRUE(t.commands<media::AddPeer>().at(0).streams_name_tracks);
  EXPECT_FALSE(t.commands<media::AddPeer>().at(1).streams_name_tracks);
}

TEST(Join, NewcomersKnowTheOthersAndTheOthersHearOfThem) {
  TestRoom t;
  const PeerSid ann = t.join("ann");
  const PeerSid bob = t.join("bob");
  const auto& others = t.inbox[bob].front().join().other_participants();
  ASSERT_EQ(others.size(), 1);
  EXPECT_EQ(others[0].identity(), "ann");
  t.advance(1s);
  ASSERT_NE(t.news(ann, bob), nullptr);
  EXPECT_EQ(t.news(ann, bob)->identity(), "bob");
}

TEST(Join, ActiveOnceThePrimaryTransportIsUp) {
  TestRoom t;
  const PeerSid ann = t.join("ann");
  const PeerSid bob = t.join("bob");
  EXPECT_TRUE(t.notices<Connected>().empty());
  t.transport(ann, media::Transport::publisher, media::TransportState::connected);
  EXPECT_TRUE(t.notices<Connected>().empty());
  t.transport(ann, media::Transport::subscriber, media::TransportState::connected);
  EXPECT_EQ(t.notices<Connected>().size(), 1U);
  t.advance(1s);
  EXPECT_EQ(t.news(bob, ann)->state(), livekit::ParticipantInfo::ACTIVE);
}

TEST(Join, VersionsOfAParticipantGrow) {
  TestRoom t;
  const PeerSid ann = t.join("ann");
  const PeerSid bob = t.join("bob");
  t.activate(ann);
  t.advance(1s);
  const auto before = t.news(bob, ann)->version();
  t.publish(ann, "cam");
  EXPECT_GT(t.news(bob, ann)->version(), before);
}

TEST(Join, HiddenParticipantsAreNeverSeen) {
  TestRoom t;
  Grants hidden = TestRoom::grants("spy");
  hidden.permission.set_hidden(true);
  const PeerSid ann = t.join_active("ann");
  const PeerSid spy = t.join_active(hidden);
  const PeerSid bob = t.join_active("bob");
  t.advance(10s);
  EXPECT_EQ(t.news(ann, spy), nullptr);
  EXPECT_EQ(t.inbox[bob].front().join().other_participants_size(), 1);
  EXPECT_EQ(t.room.info().num_participants(), 2U);
  EXPECT_NE(t.news(spy, spy), nullptr);
}

TEST(Join, SameIdentityReplacesTheOldSession) {
  TestRoom t;
  const PeerSid old = t.join_active("ann");
  const PeerSid bob = t.join_active("bob");
  t.forget();
  const PeerSid fresh = t.join("ann");
  EXPECT_NE(old, fresh);
  const auto leaves = t.messages(old, SignalResponse::kLeave);
  ASSERT_EQ(leaves.size(), 1U);
  EXPECT_EQ(leaves[0].leave().reason(), livekit::DUPLICATE_IDENTITY);
  EXPECT_EQ(leaves[0].leave().action(), livekit::LeaveRequest::DISCONNECT);
  EXPECT_TRUE(t.closed.contains(old));
  ASSERT_EQ(t.notices<Left>().size(), 1U);
  EXPECT_EQ(t.notices<Left>()[0].reason, LeftReason::replaced);
  // For clients before protocol 12 the old session's end comes before the new one's beginning.
  t.advance(1s);
  std::vector<std::string> heard;
  for (const auto& message : t.inbox[bob])
    for (const auto& info : message.update().participants())
      if (info.identity() == "ann" && (heard.empty() || heard.back() != info.sid())) heard.push_back(info.sid());
  EXPECT_THAT(heard, ElementsAre(old.value(), fresh.value()));
}

// As LiveKit does: clients from protocol 12 on see one participant go on under another sid, and keep what they know.
TEST(Join, ASuccessorIsSeenOnceItPublishesAsTheOldSessionDid) {
  TestRoom t;
  t.client.set_protocol(16);
  const PeerSid old = t.join_active("ann");
  const PeerSid bob = t.join_active("bob");
  t.publish(old, "cam");
  t.advance(1s);
  t.forget();
  const PeerSid fresh = t.join_active("ann");
  t.advance(kRepublishWithin - 1s);
  EXPECT_EQ(t.news(bob, old), nullptr);
  EXPECT_EQ(t.news(bob, fresh), nullptr);
  t.publish(fresh, "cam");
  ASSERT_NE(t.news(bob, fresh), nullptr);
  EXPECT_EQ(t.news(bob, fresh)->tracks_size(), 1);
}

TEST(Join, ASuccessorThatPublishesNothingIsSeenAfterAWhile) {
  TestRoom t;
  t.client.set_protocol(16);
  const PeerSid old = t.join_active("ann");
  const PeerSid bob = t.join_active("bob");
  t.publish(old, "cam");
  t.forget();
  const PeerSid fresh = t.join_active("ann");
  t.advance(kRepublishWithin);
  EXPECT_EQ(t.news(bob, old), nullptr);
  ASSERT_NE(t.news(bob, fresh), nullptr);
  EXPECT_EQ(t.news(bob, fresh)->tracks_size(), 0);
}

TEST(Join, ASuccessorThatHidesLooksLikeADeparture) {
  TestRoom t;
  t.client.set_protocol(16);
  const PeerSid old = t.join_active("ann");
  const PeerSid bob = t.join_active("bob");
  Grants hidden = TestRoom::grants("ann");
  hidden.permission.set_hidden(true);
  t.join_active(hidden);
  ASSERT_NE(t.news(bob, old), nullptr);
  EXPECT_EQ(t.news(bob, old)->state(), livekit::ParticipantInfo::DISCONNECTED);
}

// REST lets a user have 100 characters, whose media token must then be good for joining.
TEST(Join, TakesTheLongestNameOfAUser) {
  TestRoom t;
  Grants grants = TestRoom::grants("ann");
  grants.name.clear();
  for (int i = 0; i < 100; ++i) grants.name += "\U0001F3A5";
  EXPECT_TRUE(t.room.on_join(t.at, {grants, {}}).has_value());
}

TEST(Join, RefusalsHaveNames) {
  TestRoom t{RoomOptions{.max_participants = 1}};
  EXPECT_EQ(t.room.on_join(t.at, {TestRoom::grants(""), {}}).error(), JoinRefusal::identity_invalid);
  EXPECT_EQ(t.room.on_join(t.at, {TestRoom::grants(std::string(kMaxIdentity + 1, 'x')), {}}).error(),
            JoinRefusal::identity_invalid);
  Grants large = TestRoom::grants("ann");
  large.metadata.assign(kMaxMetadata + 1, 'x');
  EXPECT_EQ(t.room.on_join(t.at, {large, {}}).error(), JoinRefusal::too_large);
  t.join("ann");
  EXPECT_EQ(t.room.on_join(t.at, {TestRoom::grants("bob"), {}}).error(), JoinRefusal::room_full);
  EXPECT_TRUE(t.room.on_join(t.at, {TestRoom::grants("ann"), {}}).has_value());  // takes its own place
}

TEST(Join, PingsAreAnswered) {
  TestRoom t;
  const PeerSid ann = t.join("ann");
  SignalRequest ping;
  ping.mutable_ping_req()->set_timestamp(12345);
  t.request(ann, ping);
  ASSERT_EQ(t.messages(ann, SignalResponse::kPongResp).size(), 1U);
  EXPECT_EQ(t.messages(ann, SignalResponse::kPongResp)[0].pong_resp().last_ping_timestamp(), 12345);
  SignalRequest old_ping;
  old_ping.set_ping(1);
  t.request(ann, old_ping);
  EXPECT_EQ(t.messages(ann, SignalResponse::kPong).size(), 1U);
}

TEST(Join, DescriptionsPassBetweenClientAndMedia) {
  TestRoom t;
  const PeerSid ann = t.join("ann");
  SignalRequest offer;
  offer.mutable_offer()->set_sdp("v=0");
  offer.mutable_offer()->set_id(7);
  t.request(ann, offer);
  const auto remote = t.commands<media::RemoteDescription>();
  ASSERT_EQ(remote.size(), 1U);
  EXPECT_EQ(remote[0].transport, media::Transport::publisher);
  EXPECT_EQ(remote[0].id, 7U);
  t.event(media::LocalDescription{ann, media::Transport::publisher, 7, "v=0 answer"});
  ASSERT_EQ(t.messages(ann, SignalResponse::kAnswer).size(), 1U);
  EXPECT_EQ(t.messages(ann, SignalResponse::kAnswer)[0].answer().id(), 7U);
  t.event(media::LocalDescription{ann, media::Transport::subscriber, 1, "v=0 offer"});
  EXPECT_EQ(t.messages(ann, SignalResponse::kOffer)[0].offer().type(), "offer");
}

TEST(Join, RefusedDescriptionMeansAFreshStart) {
  TestRoom t;
  const PeerSid ann = t.join("ann");
  t.event(media::NegotiationFailed{ann, media::Transport::publisher, 1, "no ICE credentials"});
  ASSERT_EQ(t.messages(ann, SignalResponse::kLeave).size(), 1U);
  EXPECT_EQ(t.messages(ann, SignalResponse::kLeave)[0].leave().action(), livekit::LeaveRequest::RECONNECT);
  EXPECT_FALSE(t.has("ann"));
}

SignalRequest offer_of(std::size_t size) {
  SignalRequest request;
  request.mutable_offer()->set_sdp(std::string(size, 'x'));
  return request;
}
SignalRequest answer_of(std::size_t size) {
  SignalRequest request;
  request.mutable_answer()->set_sdp(std::string(size, 'x'));
  return request;
}

// One viewer cannot keep a core busy with descriptions.
TEST(Negotiation, OffersHaveASizeAndARate) {
  TestRoom t;
  const PeerSid large = t.join_active("large");
  t.request(large, offer_of(kMaxOffer + 1));
  EXPECT_FALSE(t.has("large"));
  EXPECT_TRUE(t.commands<media::RemoteDescription>().empty());

  const PeerSid eve = t.join_active("eve");
  for (int i = 0; i < 100 && t.has("eve"); ++i) t.request(eve, offer_of(kMaxOffer));
  EXPECT_FALSE(t.has("eve"));
  EXPECT_LE(t.commands<media::RemoteDescription>().size(), 16U);
  EXPECT_EQ(t.inbox[eve].back().leave().action(), livekit::LeaveRequest::RECONNECT);

  t.forget();
  const PeerSid ann = t.join_active("ann");  // publishes twenty tracks, one after the other, and takes them down again
  for (std::size_t i = 1; i <= 20; ++i) t.request(ann, offer_of(i * 2600));
  t.advance(10s);
  for (std::size_t i = 1; i <= 20; ++i) t.request(ann, offer_of(52'000 - i * 1000));
  EXPECT_TRUE(t.has("ann"));
  EXPECT_EQ(t.commands<media::RemoteDescription>().size(), 40U);
}

TEST(Negotiation, AnswersBelongToOurOffers) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  for (int i = 0; i < 100; ++i) t.request(ann, answer_of(1000));
  EXPECT_TRUE(t.commands<media::RemoteDescription>().empty()) << "nobody asked";
  t.event(media::LocalDescription{ann, media::Transport::subscriber, 1, std::string(500, 'x')});
  for (int i = 0; i < 100; ++i) t.request(ann, answer_of(1000));
  EXPECT_EQ(t.commands<media::RemoteDescription>().size(), 1U);
  t.event(media::LocalDescription{ann, media::Transport::subscriber, 2, std::string(500, 'x')});
  t.request(ann, answer_of(largest_answer(500) + 1));
  EXPECT_FALSE(t.has("ann"));
}

TEST(Negotiation, AFailureWhileTheClientIsAwayIsLeftToItsResume) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  t.lose_signal(ann);
  t.event(media::NegotiationFailed{ann, media::Transport::subscriber, 0, "an offer was not answered in time"});
  EXPECT_TRUE(t.resume(ann, "ann"));
}

TEST(Join, TokensAreRefreshed) {
  TestRoom t;
  t.join_active("ann");
  t.forget();
  t.advance(kTokenRefresh, 1s);
  EXPECT_EQ(t.tokens.size(), 1U);
}

// Accepted metadata once locked its owner out: the token with it was longer than tokens may be.
TEST(Join, MetadataThatNoTokenCarriesIsRecalled) {
  TestRoom t;
  Grants first = TestRoom::grants("ann");
  first.metadata = std::string(20'000, 'm');
  first.attributes = {{"hand", "up"}};
  const PeerSid old = t.join(first);
  Grants again = TestRoom::grants("ann");
  again.metadata_left_out = true;
  const PeerSid replacing = t.join(again);
  EXPECT_EQ(t.room.get_participant("ann")->metadata(), first.metadata);
  EXPECT_EQ(t.room.get_participant("ann")->attributes().at("hand"), "up");
  SignalRequest leave;
  leave.mutable_leave();
  t.request(replacing, leave);
  t.advance(1s);
  t.join(again);
  EXPECT_EQ(t.room.get_participant("ann")->metadata(), first.metadata) << "also after a moment's absence";
}

}  // namespace
}  // namespace costage::signal
