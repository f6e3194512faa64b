#include "signal/data.hpp"

#include "signal/limits.hpp"
#include "signal/test_room.hpp"

namespace costage::signal {
namespace {

using livekit::DataPacket;
using testing::UnorderedElementsAre;

media::SharedBytes bytes_of(const DataPacket& packet) {
  const std::string text = packet.SerializeAsString();
  return std::make_shared<const Buffer>(text.begin(), text.end());
}

DataPacket user_packet(std::uint32_t sequence = 0) {
  DataPacket packet;
  packet.mutable_user()->set_payload("hello");
  packet.set_sequence(sequence);
  return packet;
}

DataPacket read(const media::SendData& command) {
  DataPacket packet;
  EXPECT_TRUE(packet.ParseFromArray(command.bytes->data(), static_cast<int>(command.bytes->size())));
  return packet;
}

struct Data : testing::Test {
  TestRoom t;
  PeerSid ann = t.join_active("ann");
  PeerSid bob = t.join_active("bob");
  PeerSid cem = t.join_active("cem");

  std::vector<media::SendData> send(const PeerSid& from, const DataPacket& packet,
                                    media::Channel channel = media::Channel::reliable) {
    t.forget();
    t.event(media::DataReceived{from, channel, bytes_of(packet)});
    return t.commands<media::SendData>();
  }
};

TEST_F(Data, GoesToAllOthersWithItsTrueSender) {
  DataPacket forged = user_packet();
  forged.set_participant_identity("bob");
  forged.set_participant_sid("PA_forged");
  forged.mutable_user()->set_participant_sid("PA_forged");
  forged.set_kind(DataPacket::RELIABLE);
  const auto sent = send(ann, forged, media::Channel::lossy);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_THAT(sent[0].to, UnorderedElementsAre(bob, cem));
  EXPECT_EQ(sent[0].channel, media::Channel::lossy);
  const DataPacket packet = read(sent[0]);
  EXPECT_EQ(packet.participant_identity(), "ann");
  EXPECT_EQ(packet.participant_sid(), ann.value());
  EXPECT_EQ(packet.user().participant_sid(), ann.value());
  EXPECT_EQ(packet.kind(), DataPacket::LOSSY);
  EXPECT_EQ(packet.user().payload(), "hello");
}

TEST_F(Data, ReachesOnlyThoseNamed) {
  DataPacket packet = user_packet();
  packet.add_destination_identities("cem");
  packet.add_destination_identities("nobody");
  const auto sent = send(ann, packet);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_THAT(sent[0].to, UnorderedElementsAre(cem));
}

TEST_F(Data, RpcToNobodyIsDroppedSilently) {
  DataPacket packet;
  packet.mutable_rpc_request()->set_id("1");
  packet.add_destination_identities("nobody");
  t.advance(1s);  // all joins are announced
  EXPECT_TRUE(send(ann, packet).empty());
  EXPECT_TRUE(t.inbox.empty());
}

TEST_F(Data, OldDestinationFieldsStillWork) {
  DataPacket packet = user_packet();
  packet.mutable_user()->add_destination_sids(bob.value());
  const auto sent = send(ann, packet);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_THAT(sent[0].to, UnorderedElementsAre(bob));
}

TEST_F(Data, NeedsTheRight) {
  livekit::UpdateParticipantRequest request;
  request.set_identity("ann");
  *request.mutable_permission() = default_permission();
  request.mutable_permission()->set_can_publish_data(false);
  ASSERT_TRUE(t.room.update_participant(t.at, request).has_value());
  EXPECT_TRUE(send(ann, user_packet()).empty());
}

TEST_F(Data, HiddenSendersStayNameless) {
  Grants hidden = TestRoom::grants("spy");
  hidden.permission.set_hidden(true);
  const PeerSid spy = t.join_active(hidden);
  const auto sent = send(spy, user_packet());
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(read(sent[0]).participant_identity(), "");
  EXPECT_EQ(read(sent[0]).participant_sid(), "");
}

TEST_F(Data, ResentReliableMessagesAreDropped) {
  EXPECT_EQ(send(ann, user_packet(1)).size(), 1U);
  EXPECT_EQ(send(ann, user_packet(2)).size(), 1U);
  EXPECT_TRUE(send(ann, user_packet(2)).empty());
  EXPECT_EQ(send(ann, user_packet(3)).size(), 1U);
  EXPECT_EQ(send(bob, user_packet(1)).size(), 1U);  // each sender counts by itself
}

TEST_F(Data, GarbageIsDropped) {
  t.forget();
  t.event(media::DataReceived{ann, media::Channel::reliable, std::make_shared<const Buffer>(Buffer{0xff, 0xff, 0xff})});
  t.event(media::DataReceived{ann, media::Channel::reliable, std::make_shared<const Buffer>()});
  t.event(media::DataReceived{ann, media::Channel::reliable, std::make_shared<const Buffer>(kMaxDataPacket + 1)});
  EXPECT_TRUE(t.all_commands.empty());
}

// One client cannot fill the media queue, nor keep the room busy.
TEST_F(Data, AFloodOfLossyMessagesIsCutAndOneOfReliableOnesEndsTheSession) {
  const media::SharedBytes bytes = bytes_of(user_packet());
  t.forget();
  for (std::uint32_t i = 0; i < kDataRate.burst + 1000; ++i)
    t.room.on_media_event(t.at, media::DataReceived{ann, media::Channel::lossy, bytes});
  t.advance(50ms);
  EXPECT_EQ(t.commands<media::SendData>().size(), kDataRate.burst);
  EXPECT_TRUE(t.has("ann"));
  for (std::uint32_t i = 0; i < kDataRate.burst && t.has("bob"); ++i)
    t.room.on_media_event(t.at, media::DataReceived{bob, media::Channel::reliable, bytes});
  EXPECT_TRUE(t.has("bob")) << "within the burst";
  t.room.on_media_event(t.at, media::DataReceived{bob, media::Channel::reliable, bytes});
  EXPECT_FALSE(t.has("bob"));
}

TEST_F(Data, ToMoreThanCanExistIsDropped) {
  DataPacket packet = user_packet();
  for (std::size_t i = 0; i <= kMaxDestinations; ++i) packet.add_destination_identities("cem");
  EXPECT_TRUE(send(ann, packet).empty());
}

TEST_F(Data, OnlyAgentsTranscribe) {
  DataPacket packet;
  packet.mutable_transcription()->set_track_id("TR_x");
  EXPECT_TRUE(send(ann, packet).empty());
  Grants agent = TestRoom::grants("agent");
  agent.kind = livekit::ParticipantInfo::AGENT;
  EXPECT_EQ(send(t.join_active(agent), packet).size(), 1U);
}

TEST_F(Data, MetricsGoToThoseWhoMaySeeThem) {
  Grants watcher = TestRoom::grants("watcher");
  watcher.permission.set_can_subscribe_metrics(true);
  const PeerSid sid = t.join_active(watcher);
  DataPacket packet;
  packet.mutable_metrics()->set_timestamp_ms(1);
  const auto sent = send(ann, packet);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_THAT(sent[0].to, UnorderedElementsAre(sid));
}

TEST_F(Data, JoiningReceiversGetWhatTheyMissed) {
  const PeerSid dan = t.join("dan");
  EXPECT_THAT(send(ann, user_packet(1)).at(0).to, UnorderedElementsAre(bob, cem));
  t.forget();
  t.activate(dan);
  const auto replayed = t.commands<media::SendData>();
  ASSERT_EQ(replayed.size(), 1U);
  EXPECT_THAT(replayed[0].to, UnorderedElementsAre(dan));
}

// Its media transport is up before the channel that brings it messages.
TEST_F(Data, UntilTheChannelIsOpenNothingReliableIsSentToIt) {
  const PeerSid dan = t.join("dan");
  t.transport(dan, media::Transport::subscriber, media::TransportState::connected);
  EXPECT_THAT(send(ann, user_packet(1)).at(0).to, UnorderedElementsAre(bob, cem));
  t.forget();
  t.event(media::DataOpened{dan});
  EXPECT_EQ(t.commands<media::SendData>().size(), 1U);
  EXPECT_THAT(send(ann, user_packet(2)).at(0).to, UnorderedElementsAre(bob, cem, dan));
  t.forget();
  t.event(media::DataOpened{dan});
  EXPECT_TRUE(t.commands<media::SendData>().empty()) << "replayed once";
}

TEST_F(Data, NothingFromBeforeTheJoinNorOlderThanTwoSeconds) {
  send(ann, user_packet(1));
  t.advance(100ms);
  const PeerSid dan = t.join("dan");
  send(ann, user_packet(2));
  t.advance(kReplayFor + 100ms);
  send(ann, user_packet(3));
  t.forget();
  t.activate(dan);
  ASSERT_EQ(t.commands<media::SendData>().size(), 1U);
  EXPECT_EQ(read(t.commands<media::SendData>()[0]).sequence(), 3U);
}

TEST_F(Data, ResumingReceiversGetWhatFollowsTheirLast) {
  for (std::uint32_t i = 1; i <= 3; ++i) send(ann, user_packet(i));
  ASSERT_TRUE(t.resume(bob, "bob"));
  t.forget();
  SignalRequest sync;
  auto& state = *sync.mutable_sync_state()->add_datachannel_receive_states();
  state.set_publisher_sid(ann.value());
  state.set_last_seq(2);
  t.request(bob, sync);
  const auto replayed = t.commands<media::SendData>();
  ASSERT_EQ(replayed.size(), 1U);
  EXPECT_EQ(read(replayed[0]).sequence(), 3U);
}

TEST_F(Data, CacheHasALimit) {
  DataPacket large = user_packet();
  large.mutable_user()->set_payload(std::string(60'000, 'x'));
  for (std::uint32_t i = 1; i <= 300; ++i) {
    large.set_sequence(i);
    send(ann, large);
  }
  EXPECT_LE(t.room.state().replay_bytes, kMaxReplayBytes);
  EXPECT_GT(t.room.state().replay.size(), 100U);
}

TEST_F(Data, ServerSendsWithoutSender) {
  livekit::SendDataRequest request;
  request.set_data("news");
  request.set_topic("t");
  request.add_destination_identities("bob");
  t.forget();
  ASSERT_TRUE(t.room.send_data(t.at, request).has_value());
  t.advance(50ms);
  const auto sent = t.commands<media::SendData>();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_THAT(sent[0].to, UnorderedElementsAre(bob));
  EXPECT_EQ(read(sent[0]).user().payload(), "news");
  EXPECT_EQ(read(sent[0]).participant_identity(), "");
  request.set_data(std::string(kMaxDataPacket, 'x'));
  EXPECT_EQ(t.room.send_data(t.at, request).error(), ApiRefusal::too_large);
}

TEST_F(Data, SendersAreKnownBeforeTheirWordArrives) {
  t.join("crowd1");
  const PeerSid dan = t.join_active("dan");  // still within the quiet interval
  send(dan, user_packet());
  EXPECT_NE(t.news(ann, dan), nullptr);
}

}  // namespace
}  // namespace costage::signal
