#include "signal/rpc.hpp"

#include "signal/limits.hpp"
#include "signal/test_room.hpp"

namespace costage::signal {
namespace {

livekit::PerformRpcRequest echo(const std::string& payload = "hello") {
  livekit::PerformRpcRequest request;
  request.set_destination_identity("ann");
  request.set_method("echo");
  request.set_payload(payload);
  return request;
}

struct Rpc : testing::Test {
  TestRoom t;
  const PeerSid ann = t.join_active("ann");

  std::string call(const livekit::PerformRpcRequest& request = echo()) {
    const auto id = t.room.perform_rpc(t.at, request);
    t.advance(1ms);
    EXPECT_TRUE(id.has_value());
    return id.value_or("");
  }
  void send(const PeerSid& from, const livekit::DataPacket& packet) {
    auto bytes = std::make_shared<Buffer>(packet.ByteSizeLong());
    packet.SerializeToArray(bytes->data(), static_cast<int>(bytes->size()));
    t.event(media::DataReceived{from, media::Channel::reliable, bytes});
  }
  void acknowledge(const std::string& id, const PeerSid& from) {
    livekit::DataPacket packet;
    packet.mutable_rpc_ack()->set_request_id(id);
    send(from, packet);
  }
  void answer(const std::string& id, const PeerSid& from, const std::string& payload = "echo: hello") {
    livekit::DataPacket packet;
    packet.mutable_rpc_response()->set_request_id(id);
    packet.mutable_rpc_response()->set_payload(payload);
    send(from, packet);
  }
  std::uint32_t error_of_only_call() {
    t.advance(50ms);
    EXPECT_EQ(t.calls_done.size(), 1U);
    return t.calls_done.empty() || t.calls_done[0].payload ? 0 : t.calls_done[0].payload.error().code();
  }
};

TEST_F(Rpc, TheRequestIsThatOfACallerNamedAsTheCall) {
  t.forget();
  const std::string id = call();
  const auto sent = t.commands<media::SendData>();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].to, std::vector{ann});
  livekit::DataPacket packet;
  ASSERT_TRUE(packet.ParseFromArray(sent[0].bytes->data(), static_cast<int>(sent[0].bytes->size())));
  EXPECT_EQ(packet.participant_identity(), id);
  EXPECT_EQ(packet.rpc_request().id(), id);
  EXPECT_EQ(packet.rpc_request().method(), "echo");
  EXPECT_EQ(packet.rpc_request().payload(), "hello");
  EXPECT_EQ(packet.rpc_request().response_timeout_ms(), 10'000U);
  EXPECT_EQ(packet.rpc_request().version(), 1U);
}

TEST_F(Rpc, TheAnswerIsTakenOutOfWhatTheCalleeSends) {
  const PeerSid bob = t.join_active("bob");
  const std::string id = call();
  t.forget();
  acknowledge(id, ann);
  t.advance(9s);
  answer(id, bob, "forged");
  EXPECT_TRUE(t.calls_done.empty()) << "not the one who was asked";
  t.forget();
  answer(id, ann);
  ASSERT_EQ(t.calls_done.size(), 1U);
  EXPECT_EQ(t.calls_done[0].id, id);
  EXPECT_EQ(*t.calls_done[0].payload, "echo: hello");
  EXPECT_TRUE(t.commands<media::SendData>().empty()) << "for nobody else";
}

TEST_F(Rpc, WhoMayNotSendDataAnswersAllTheSame) {
  Grants grants = TestRoom::grants("eve");
  grants.permission.set_can_publish_data(false);
  const PeerSid eve = t.join_active(grants);
  auto request = echo();
  request.set_destination_identity("eve");
  answer(call(request), eve);
  ASSERT_EQ(t.calls_done.size(), 1U);
  EXPECT_TRUE(t.calls_done[0].payload.has_value());
}

TEST_F(Rpc, WithoutAnAcknowledgementItEndsAfterTwoSeconds) {
  call();
  t.advance(kRpcAckTimeout - 50ms);
  EXPECT_TRUE(t.calls_done.empty());
  EXPECT_EQ(error_of_only_call(), 1501U);
}

TEST_F(Rpc, WithoutAnAnswerItEndsInTheTimeTheCallerGave) {
  auto request = echo();
  request.set_response_timeout_ms(30'000);
  const std::string id = call(request);
  acknowledge(id, ann);
  t.advance(30s - 50ms);
  EXPECT_TRUE(t.calls_done.empty());
  EXPECT_EQ(error_of_only_call(), 1502U);
  answer(id, ann);
  EXPECT_EQ(t.calls_done.size(), 1U) << "too late";
}

TEST_F(Rpc, WhoeverLeavesEndsIt) {
  call();
  EXPECT_TRUE(t.room.remove_participant(t.at, "ann").has_value());
  EXPECT_EQ(error_of_only_call(), 1503U);
}

TEST_F(Rpc, OnePastALimitIsRefused) {
  const auto refusal = [&](const livekit::PerformRpcRequest& request) {
    const auto id = t.room.perform_rpc(t.at, request);
    return id ? 0U : id.error().code();
  };
  EXPECT_EQ(refusal(echo(std::string(kMaxRpcPayload, 'x'))), 0U);
  EXPECT_EQ(refusal(echo(std::string(kMaxRpcPayload + 1, 'x'))), 1402U);
  for (std::size_t i = 1; i < kMaxServerCalls; ++i) EXPECT_EQ(refusal(echo()), 0U);
  EXPECT_EQ(refusal(echo()), 1505U);
}

TEST_F(Rpc, WhoIsNotReachedIsNotCalled) {
  t.join("new");
  auto request = echo();
  request.set_destination_identity("new");
  EXPECT_EQ(t.room.perform_rpc(t.at, request).error().code(), 1505U);
  request.set_destination_identity("nobody");
  EXPECT_EQ(t.room.perform_rpc(t.at, request).error().code(), 1401U);
}

}  // namespace
}  // namespace costage::signal
