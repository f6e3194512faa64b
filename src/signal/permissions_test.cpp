#include "signal/permissions.hpp"

#include "signal/test_room.hpp"

namespace costage::signal {
namespace {

livekit::UpdateParticipantRequest update(const std::string& identity, bool can_publish) {
  livekit::UpdateParticipantRequest request;
  request.set_identity(identity);
  *request.mutable_permission() = default_permission();
  request.mutable_permission()->set_can_publish(can_publish);
  return request;
}

Grants viewer(const std::string& identity) {
  Grants grants = TestRoom::grants(identity);
  grants.permission.set_can_publish(false);
  return grants;
}

struct Permissions : testing::Test {
  TestRoom t;
  PeerSid host = t.join_active("host");
  PeerSid guest = t.join_active(viewer("guest"));
  void apply(const livekit::UpdateParticipantRequest& request) {
    t.forget();
    ASSERT_TRUE(t.room.update_participant(t.at, request).has_value());
    t.advance(10ms);
  }
};

TEST_F(Permissions, ViewersCannotPublish) {
  t.request(guest, TestRoom::add_track("cam"));
  EXPECT_EQ(t.inbox[guest].back().request_response().reason(), livekit::RequestResponse::NOT_ALLOWED);
  EXPECT_TRUE(t.commands<media::PublishTrack>().empty());
}

// A refreshed token without the lease would outlive the seat.
TEST_F(Permissions, APromotedViewersTokensCarryTheLease) {
  t.forget();
  t.room.promote(t.at, "guest", R"({"role":"coHost"})", "lease7");
  t.advance(10ms);
  ASSERT_EQ(t.tokens.size(), 1U);
  EXPECT_EQ(t.tokens[0].grants.lease_id, "lease7");
  EXPECT_TRUE(t.tokens[0].grants.permission.can_publish());
  EXPECT_EQ(t.news(host, guest)->metadata(), R"({"role":"coHost"})");
  t.forget();
  t.room.promote(t.at, "guest", R"({"role":"coHost"})", "lease7");
  t.advance(10ms);
  EXPECT_EQ(t.news(host, guest), nullptr) << "told once";
  EXPECT_TRUE(t.tokens.empty());
}

TEST_F(Permissions, PromotionInPlace) {
  auto request = update("guest", true);
  request.set_metadata(R"({"role":"coHost"})");
  apply(request);
  for (const PeerSid& listener : {host, guest}) {
    ASSERT_NE(t.news(listener, guest), nullptr);
    EXPECT_TRUE(t.news(listener, guest)->permission().can_publish());
    EXPECT_EQ(t.news(listener, guest)->metadata(), R"({"role":"coHost"})");
  }
  ASSERT_EQ(t.tokens.size(), 1U);
  EXPECT_EQ(t.tokens[0].to, guest);
  EXPECT_TRUE(t.tokens[0].grants.permission.can_publish());
  t.publish(guest, "cam");
  EXPECT_EQ(t.commands<media::Subscribe>().at(0).subscriber, host);
}

TEST_F(Permissions, RevocationUnpublishes) {
  apply(update("guest", true));
  t.publish(guest, "cam");
  t.request(guest, TestRoom::add_track("pending"));
  apply(update("guest", false));
  EXPECT_EQ(t.commands<media::UnpublishTrack>().size(), 2U);
  EXPECT_EQ(t.messages(guest, SignalResponse::kTrackUnpublished).size(), 2U);
  EXPECT_EQ(t.news(host, guest)->tracks_size(), 0);
  t.request(guest, TestRoom::add_track("again"));
  EXPECT_EQ(t.inbox[guest].back().request_response().reason(), livekit::RequestResponse::NOT_ALLOWED);
}

TEST_F(Permissions, SourcesNarrowTheRight) {
  auto request = update("guest", true);
  request.mutable_permission()->add_can_publish_sources(livekit::MICROPHONE);
  apply(request);
  t.request(guest, TestRoom::add_track("cam", livekit::CAMERA));
  EXPECT_EQ(t.inbox[guest].back().request_response().reason(), livekit::RequestResponse::NOT_ALLOWED);
  t.request(guest, TestRoom::add_track("mic", livekit::MICROPHONE));
  EXPECT_EQ(t.messages(guest, SignalResponse::kTrackPublished).size(), 1U);
}

TEST_F(Permissions, RightToSubscribeComesAndGoes) {
  t.publish(host, "cam");
  auto request = update("guest", false);
  request.mutable_permission()->set_can_subscribe(false);
  apply(request);
  EXPECT_EQ(t.commands<media::Unsubscribe>().size(), 1U);
  apply(update("guest", false));
  EXPECT_EQ(t.commands<media::Subscribe>().size(), 1U);
}

TEST_F(Permissions, HidingMeansLeavingForTheOthers) {
  apply(update("guest", true));
  t.publish(guest, "cam");
  auto request = update("guest", true);
  request.mutable_permission()->set_hidden(true);
  apply(request);
  EXPECT_EQ(t.news(host, guest)->state(), livekit::ParticipantInfo::DISCONNECTED);
  EXPECT_EQ(t.commands<media::Unsubscribe>().size(), 1U);
  apply(update("guest", true));
  EXPECT_EQ(t.news(host, guest)->state(), livekit::ParticipantInfo::ACTIVE);
  EXPECT_EQ(t.commands<media::Subscribe>().size(), 1U);
}

TEST_F(Permissions, OwnMetadataNeedsTheRight) {
  SignalRequest change;
  change.mutable_update_metadata()->set_name("new name");
  change.mutable_update_metadata()->set_request_id(9);
  t.request(guest, change);
  t.advance(30ms);
  const auto refused = t.inbox[guest].back().request_response();
  EXPECT_EQ(refused.reason(), livekit::RequestResponse::NOT_ALLOWED);
  EXPECT_EQ(refused.request_id(), 9U);

  auto request = update("guest", false);
  request.mutable_permission()->set_can_update_metadata(true);
  apply(request);
  (*change.mutable_update_metadata()->mutable_attributes())["mood"] = "good";
  t.request(guest, change);
  EXPECT_FALSE(t.inbox[guest].back().has_request_response()) << "not before the client listens for it";
  t.advance(30ms);
  EXPECT_EQ(t.inbox[guest].back().request_response().reason(), livekit::RequestResponse::OK);
  EXPECT_EQ(t.news(host, guest)->name(), "new name");
  EXPECT_EQ(t.news(host, guest)->attributes().at("mood"), "good");
  (*change.mutable_update_metadata()->mutable_attributes())["mood"] = "";
  t.request(guest, change);
  EXPECT_FALSE(t.news(host, guest)->attributes().contains("mood"));
  change.mutable_update_metadata()->set_metadata(std::string(100'000, 'x'));
  t.request(guest, change);
  t.advance(30ms);
  EXPECT_EQ(t.inbox[guest].back().request_response().reason(), livekit::RequestResponse::LIMIT_EXCEEDED);
}

}  // namespace
}  // namespace costage::signal
