#include "signal/departure.hpp"

#include "signal/limits.hpp"
#include "signal/test_room.hpp"

namespace costage::signal {
namespace {

TEST(Departure, LeavingIsSeenAtOnceWhenSomebodyPublished) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const PeerSid bob = t.join_active("bob");
  t.publish(ann, "cam");
  t.forget();
  SignalRequest leave;
  leave.mutable_leave();
  t.request(ann, leave);
  ASSERT_NE(t.news(bob, ann), nullptr);
  EXPECT_EQ(t.news(bob, ann)->state(), livekit::ParticipantInfo::DISCONNECTED);
  EXPECT_EQ(t.news(bob, ann)->disconnect_reason(), livekit::CLIENT_INITIATED);
  EXPECT_EQ(t.news(bob, ann)->identity(), "ann");
  ASSERT_EQ(t.commands<media::RemovePeer>().size(), 1U);
  ASSERT_EQ(t.notices<Left>().size(), 1U);
  EXPECT_EQ(t.notices<Left>()[0].reason, LeftReason::client);
  EXPECT_TRUE(t.closed.contains(ann));
  EXPECT_FALSE(t.has("ann"));
}

TEST(Departure, RemovalTellsTheClientWhy) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  EXPECT_TRUE(t.room.remove_participant(t.at, "ann").has_value());
  EXPECT_EQ(t.room.remove_participant(t.at, "ann").error(), ApiRefusal::participant_not_found);
  t.advance(50ms);
  ASSERT_EQ(t.messages(ann, SignalResponse::kLeave).size(), 1U);
  EXPECT_EQ(t.inbox[ann].back().leave().reason(), livekit::PARTICIPANT_REMOVED);
  EXPECT_EQ(t.notices<Left>().at(0).reason, LeftReason::removed);
}

TEST(Departure, LostSocketKeepsTheSessionWhileMediaLives) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  t.lose_signal(ann);
  EXPECT_EQ(t.notices<Interrupted>().size(), 1U);
  t.advance(10min, 1s);
  EXPECT_TRUE(t.has("ann"));
  t.transport(ann, media::Transport::publisher, media::TransportState::failed);
  EXPECT_TRUE(t.has("ann"));  // the other transport still shows that somebody is there
  t.transport(ann, media::Transport::subscriber, media::TransportState::failed);
  EXPECT_TRUE(t.has("ann"));  // perhaps its network has changed
  t.advance(kReconnectGrace);
  EXPECT_FALSE(t.has("ann"));
  EXPECT_EQ(t.notices<Left>().at(0).reason, LeftReason::timeout);
}

// A killed process: its sockets end at once, and nobody answers on its media any more.
TEST(Departure, LostSocketAndSilentMediaIsTheEnd) {
  using media::Transport;
  for (const bool socket_first : {true, false}) {
    TestRoom t;
    const PeerSid ann = t.join_active("ann");
    if (socket_first) t.lose_signal(ann);
    t.event(media::SilenceChanged{ann, Transport::publisher, true});
    t.advance(kReconnectGrace);
    EXPECT_TRUE(t.has("ann")) << "the other transport answers";
    t.event(media::SilenceChanged{ann, Transport::subscriber, true});
    if (!socket_first) t.advance(kReconnectGrace);
    EXPECT_TRUE(t.has("ann"));
    if (!socket_first) t.lose_signal(ann);
    t.advance(50ms);
    EXPECT_FALSE(t.has("ann"));
  }
}

TEST(Departure, SilenceThatHasEndedEndsNoSession) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  for (const bool silent : {true, false})
    for (const auto transport : {media::Transport::publisher, media::Transport::subscriber})
      t.event(media::SilenceChanged{ann, transport, silent});
  t.lose_signal(ann);
  t.advance(1min, 1s);
  EXPECT_TRUE(t.has("ann"));
}

TEST(Departure, LostSocketAndClosedMediaIsGivenUpSoon) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  t.lose_signal(ann);
  t.transport(ann, media::Transport::publisher, media::TransportState::closed);
  t.transport(ann, media::Transport::subscriber, media::TransportState::closed);
  t.advance(kReconnectGrace);
  EXPECT_FALSE(t.has("ann"));
}

// A changed network: whatever is lost with it is lost at about the same time, in any order, and the grace runs.
TEST(Departure, TwoLossesAtOnceAreOne) {
  using media::Transport;
  const auto lose = [](TestRoom& t, const PeerSid& sid, int what) {
    if (what == 2) return t.lose_signal(sid);
    t.transport(sid, what == 0 ? Transport::publisher : Transport::subscriber, media::TransportState::failed);
  };
  std::array<int, 3> order{0, 1, 2};
  do {
    for (std::size_t losses = 2; losses <= order.size(); ++losses) {
      TestRoom t;
      const PeerSid ann = t.join_active("ann");
      const PeerSid bob = t.join_active("bob");
      t.publish(ann, "cam");
      t.forget();
      for (std::size_t i = 0; i < losses; ++i) {
        lose(t, ann, order[i]);
        t.advance(2ms);
      }
      t.advance(kReconnectGrace - 100ms);
      ASSERT_TRUE(t.resume(ann, "ann"));
      EXPECT_EQ(t.news(bob, ann), nullptr) << "nobody else notices";
      EXPECT_EQ(t.notices<Interrupted>().size(), 1U);
      EXPECT_TRUE(t.notices<Left>().empty());
      t.activate(ann);
      EXPECT_EQ(t.notices<Connected>().size(), 1U);
      t.advance(kJoinTimeout * 2, 1s);
      EXPECT_TRUE(t.has("ann"));
    }
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(Departure, TheOtherTransportFailingAfterTheResumeDoesNotEndIt) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  t.transport(ann, media::Transport::publisher, media::TransportState::failed);
  ASSERT_TRUE(t.resume(ann, "ann"));
  t.closed.clear();
  t.transport(ann, media::Transport::subscriber, media::TransportState::failed);
  EXPECT_TRUE(t.closed.empty());
  t.advance(kReconnectGrace * 2);
  t.activate(ann);
  EXPECT_TRUE(t.has("ann"));
}

TEST(Departure, LostSocketWithoutMediaIsGivenUpSoon) {
  TestRoom t;
  const PeerSid ann = t.join("ann");
  t.lose_signal(ann);
  t.advance(kSignalLostGrace - 1s);
  EXPECT_TRUE(t.has("ann"));
  t.advance(1s);
  EXPECT_FALSE(t.has("ann"));
}

TEST(Departure, FailedMediaAsksForAResumeAndThenGivesUp) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  t.transport(ann, media::Transport::subscriber, media::TransportState::failed);
  EXPECT_TRUE(t.closed.contains(ann));  // clients answer a closed socket with a resume
  EXPECT_EQ(t.notices<Interrupted>().size(), 1U);
  t.advance(kReconnectGrace - 100ms);
  EXPECT_TRUE(t.has("ann"));
  t.advance(100ms);
  EXPECT_FALSE(t.has("ann"));
}

TEST(Departure, NeverConnectedIsRemoved) {
  TestRoom t;
  const PeerSid ann = t.join("ann");
  t.advance(kJoinTimeout);
  EXPECT_FALSE(t.has("ann"));
  EXPECT_EQ(t.messages(ann, SignalResponse::kLeave).at(0).leave().reason(), livekit::JOIN_FAILURE);
}

TEST(Departure, ClosingTheRoomSaysGoodbyeOnceToEverybody) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  const PeerSid bob = t.join_active("bob");
  t.publish(ann, "cam");
  t.room.close(t.at, livekit::SERVER_SHUTDOWN, livekit::LeaveRequest::RECONNECT);
  t.advance(50ms);
  for (const PeerSid& sid : {ann, bob}) {
    ASSERT_EQ(t.messages(sid, SignalResponse::kLeave).size(), 1U);
    EXPECT_EQ(t.messages(sid, SignalResponse::kLeave)[0].leave().reason(), livekit::SERVER_SHUTDOWN);
    EXPECT_TRUE(t.closed.contains(sid));
  }
  EXPECT_TRUE(t.finished);
  EXPECT_EQ(t.room.on_join(t.at, {TestRoom::grants("late"), {}}).error(), JoinRefusal::room_finished);
}

TEST(RoomLifetime, EmptyRoomsFinish) {
  TestRoom t;
  t.advance(kEmptyTimeout - 1s, 1s);
  EXPECT_FALSE(t.finished);
  t.advance(1s);
  EXPECT_TRUE(t.finished);
}

TEST(RoomLifetime, AfterTheLastLeftSoonerAndAReturnKeepsIt) {
  TestRoom t;
  t.join_active("ann");
  t.advance(kEmptyTimeout * 2, 10s);
  EXPECT_FALSE(t.finished);
  ASSERT_TRUE(t.room.remove_participant(t.at, "ann").has_value());
  t.advance(kDepartureTimeout - 1s);
  t.join_active("ann");
  t.advance(kDepartureTimeout * 2, 1s);
  EXPECT_FALSE(t.finished);
  ASSERT_TRUE(t.room.remove_participant(t.at, "ann").has_value());
  t.advance(kDepartureTimeout);
  EXPECT_TRUE(t.finished);
}

TEST(RoomLifetime, WakesForWhatComesNext) {
  TestRoom t;
  EXPECT_EQ(t.room.wake_at(), t.at.now + kEmptyTimeout);
  t.join("ann");
  EXPECT_LE(t.room.wake_at(), t.at.now + kRoomCountInterval);
}

TEST(RoomLifetime, MetadataAndCountsAreTold) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  t.join_active("bob");
  t.forget();
  t.advance(kRoomCountInterval);
  ASSERT_EQ(t.messages(ann, SignalResponse::kRoomUpdate).size(), 1U);
  EXPECT_EQ(t.inbox[ann].back().room_update().room().num_participants(), 2U);
  EXPECT_TRUE(t.room.update_metadata(t.at, "x").has_value());
  t.advance(50ms);
  EXPECT_EQ(t.inbox[ann].back().room_update().room().metadata(), "x");
}

TEST(RoomLifetime, CrowdsAreAnnouncedTogether) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  t.advance(1s);
  t.forget();
  for (int i = 0; i < 100; ++i) t.join_active("viewer" + std::to_string(i));
  t.advance(1s);
  EXPECT_LE(t.messages(ann, SignalResponse::kUpdate).size(), 3U);
  std::set<std::string> seen;
  for (const auto& message : t.messages(ann, SignalResponse::kUpdate))
    for (const auto& info : message.update().participants()) seen.insert(info.identity());
  EXPECT_EQ(seen.size(), 100U);
}

TEST(RoomLifetime, WebhooksTellTheStory) {
  TestRoom t{RoomOptions{.webhooks = true}};
  const PeerSid ann = t.join_active("ann");
  const TrackSid sid = t.publish(ann, "cam");
  t.event(media::TrackEnded{ann, sid});
  ASSERT_TRUE(t.room.remove_participant(t.at, "ann").has_value());
  t.join("bob");
  ASSERT_TRUE(t.room.remove_participant(t.at, "bob").has_value());
  t.advance(kDepartureTimeout);
  std::vector<std::string> events;
  for (const auto& event : t.webhooks) events.push_back(event.event());
  EXPECT_THAT(events, testing::ElementsAre("room_started", "participant_joined", "track_published", "track_unpublished",
                                           "participant_left", "participant_connection_aborted", "room_finished"));
}

livekit::ParticipantInfo last_left(const TestRoom& t) { return t.webhooks.back().participant(); }

TEST(RoomLifetime, AWebhookSaysHowSomebodyLeft) {
  TestRoom t{RoomOptions{.webhooks = true}};
  const PeerSid ann = t.join_active("ann");
  t.publish(ann, "cam");
  t.publish(ann, "mic", livekit::MICROPHONE);
  t.forget();
  ASSERT_TRUE(t.room.remove_participant(t.at, "ann").has_value());
  t.advance(50ms);
  EXPECT_EQ(last_left(t).state(), livekit::ParticipantInfo::DISCONNECTED);
  EXPECT_EQ(last_left(t).disconnect_reason(), livekit::PARTICIPANT_REMOVED);
  EXPECT_EQ(last_left(t).tracks_size(), 0);
  EXPECT_TRUE(last_left(t).is_publisher());
  std::vector<int> left;  // tracks that are still there
  for (const auto& event : t.webhooks)
    if (event.event() == "track_unpublished") left.push_back(event.participant().tracks_size());
  EXPECT_EQ(left, (std::vector{1, 0}));
}

TEST(RoomLifetime, AWebhookTellsHangingUpFromALostConnection) {
  TestRoom t{RoomOptions{.webhooks = true}};
  t.lose_signal(t.join("ann"));
  t.advance(kSignalLostGrace);
  EXPECT_EQ(last_left(t).disconnect_reason(), livekit::SIGNAL_CLOSE);
  t.transport(t.join_active("bob"), media::Transport::subscriber, media::TransportState::failed);
  t.advance(kReconnectGrace);
  EXPECT_EQ(last_left(t).identity(), "bob");
  EXPECT_EQ(last_left(t).disconnect_reason(), livekit::CONNECTION_TIMEOUT);
}

TEST(RoomLifetime, APublisherStaysOneUntilTheRightIsLost) {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");
  t.event(media::TrackEnded{ann, t.publish(ann, "cam")});
  EXPECT_TRUE(t.room.get_participant("ann")->is_publisher());
  EXPECT_EQ(t.room.info().num_publishers(), 1U);
  livekit::UpdateParticipantRequest request;
  request.set_identity("ann");
  request.mutable_permission()->set_can_subscribe(true);
  ASSERT_TRUE(t.room.update_participant(t.at, request).has_value());
  EXPECT_FALSE(t.room.get_participant("ann")->is_publisher());
  EXPECT_EQ(t.room.info().num_publishers(), 0U);
}

}  // namespace
}  // namespace costage::signal
