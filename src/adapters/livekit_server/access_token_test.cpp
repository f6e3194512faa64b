#include "adapters/livekit_server/access_token.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "adapters/livekit_server/admission.hpp"

namespace costage::livekit_server {
namespace {

using namespace std::chrono_literals;

constexpr WallTime kNow{1'700'000'000'123ms};

std::optional<AccessToken> read(std::string_view text) { return read_claims(boost::json::parse(text).as_object()); }

TEST(AccessToken, AbsentRightsToPublishAndSubscribeAreGiven) {
  const auto token = read(R"({"sub":"ann","video":{"roomJoin":true,"room":"show"}})");
  ASSERT_TRUE(token);
  EXPECT_TRUE(token->room_join);
  EXPECT_EQ(token->room, "show");
  EXPECT_TRUE(token->grants.permission.can_publish());
  EXPECT_TRUE(token->grants.permission.can_subscribe());
  EXPECT_TRUE(token->grants.permission.can_publish_data());
  EXPECT_FALSE(token->grants.permission.can_update_metadata());
  EXPECT_FALSE(token->room_admin);
}

TEST(AccessToken, SourcesAndKindsAreRead) {
  const auto token = read(R"({"sub":"a","kind":"agent","kindDetails":["cloud_agent","new"],"attributes":{"k":"v"},
      "video":{"canPublishSources":["camera","screen_share_audio"],"hidden":true}})");
  ASSERT_TRUE(token);
  EXPECT_TRUE(signal::may_publish(token->grants.permission, livekit::CAMERA));
  EXPECT_FALSE(signal::may_publish(token->grants.permission, livekit::MICROPHONE));
  EXPECT_EQ(token->grants.kind, livekit::ParticipantInfo::AGENT);
  EXPECT_EQ(token->grants.kind_details, std::vector{livekit::ParticipantInfo::CLOUD_AGENT});
  EXPECT_EQ(token->grants.attributes.at("k"), "v");
  EXPECT_TRUE(token->grants.permission.hidden());
}

TEST(AccessToken, WrongTypesAreRefused) {
  EXPECT_FALSE(read(R"({"sub":1})"));
  EXPECT_FALSE(read(R"({"sub":"a","video":[]})"));
  EXPECT_FALSE(read(R"({"sub":"a","video":{"roomJoin":"yes"}})"));
  EXPECT_FALSE(read(R"({"sub":"a","attributes":{"k":1}})"));
  EXPECT_FALSE(read(R"({"sub":"a","nbf":"soon"})"));
}

TEST(AccessToken, WhatIsMintedIsRead) {
  signal::Grants grants{
      .identity = "ann", .name = "Ann", .metadata = "m", .attributes = {{"k", "v"}}, .lease_id = "lease7"};
  grants.permission = signal::default_permission();
  grants.permission.set_can_publish(false);
  grants.permission.add_can_publish_sources(livekit::MICROPHONE);
  grants.kind_details = {livekit::ParticipantInfo::CLOUD_AGENT};
  const auto claims = join_claims("show", grants, kNow, 600s);
  EXPECT_EQ(claims.at("jti"), "lease7");
  EXPECT_EQ(claims.at("exp").as_int64(), 1'700'000'600);
  const auto token = read_claims(claims);
  ASSERT_TRUE(token);
  EXPECT_EQ(token->grants.identity, "ann");
  EXPECT_EQ(token->grants.lease_id, "lease7");
  EXPECT_EQ(token->grants.attributes, grants.attributes);
  EXPECT_EQ(token->grants.kind_details, grants.kind_details);
  EXPECT_EQ(token->grants.permission.SerializeAsString(), grants.permission.SerializeAsString());
  EXPECT_EQ(token->minted, kNow);
}

// Where LiveKit is lenient, so are we.
TEST(AccessToken, WhatIsUnknownIsNoReasonToRefuse) {
  const auto token =
      read_claims({{"sub", "ann"},
                   {"kind", "hologram"},
                   {"video", {{"roomJoin", true}, {"canFly", "yes"}, {"canPublishSources", {"hologram"}}}}});
  ASSERT_TRUE(token);
  EXPECT_EQ(token->grants.kind, livekit::ParticipantInfo::STANDARD);
  EXPECT_FALSE(signal::may_publish(token->grants.permission, livekit::CAMERA)) << "the list still narrows";
}

TEST(AccessToken, CarriesHowItsRoomIsMade) {
  const auto token = read_claims({{"sub", "ann"},
                                  {"roomConfig",
                                   {{"maxParticipants", 1},
                                    {"emptyTimeout", 7},
                                    {"departureTimeout", 8},
                                    {"metadata", "m"},
                                    {"agents", boost::json::array{}}}}});
  ASSERT_TRUE(token);
  EXPECT_EQ(token->room_options.max_participants, 1U);
  EXPECT_EQ(token->room_options.empty_timeout, 7s);
  EXPECT_EQ(token->room_options.departure_timeout, 8s);
  EXPECT_EQ(token->room_options.metadata, "m");
  EXPECT_TRUE(token->room_options.ignored.empty()) << "an empty list asks for nothing";
  EXPECT_FALSE(read_claims({{"sub", "ann"}, {"roomConfig", {{"maxParticipants", true}}}}));
}

TEST(AccessToken, NamesWhatItsRoomAsksForAndWeDoNotHave) {
  const auto config = boost::json::parse(R"({"agents":[{"agentName":"a"}],"syncStreams":true,"minPlayoutDelay":0})");
  const auto token = read_claims({{"sub", "ann"}, {"roomConfig", config}});
  ASSERT_TRUE(token);
  EXPECT_EQ(token->room_options.ignored, (std::vector<std::string>{"agents", "syncStreams"}));
}

TEST(AccessToken, LeavesOutWhatIsTooLong) {
  const signal::Grants grants{
      .identity = "ann", .metadata = "long", .attributes = {{"a", "b"}}, .metadata_left_out = true};
  const auto token = read_claims(join_claims("show", grants, kNow, 600s));
  ASSERT_TRUE(token);
  EXPECT_EQ(token->grants.metadata, "");
  EXPECT_TRUE(token->grants.attributes.empty() && token->grants.metadata_left_out);
}

struct Gate final : app::TokenGate {
  void may_publish(const domain::RoomId&, const app::Identity&, const domain::LeaseId& lease,
                   std::function<void(bool)> answer) const override {
    answers.emplace_back([answer = std::move(answer), may = lease.value() == alive] { answer(may); });
    if (!late) answers.back()();
  }
  std::string alive;
  bool late = false;
  mutable std::vector<std::function<void()>> answers;
};

struct AdmissionTest : testing::Test {
  std::string token(boost::json::object claims) { return *auth::sign(std::move(claims), "key", keys.at("key")); }
  std::string token_of(const std::string& identity, const std::string& lease, WallTime at) {
    signal::Grants grants{.identity = identity, .lease_id = lease, .permission = signal::default_permission()};
    return token(join_claims("show", grants, at, 600s));
  }
  unsigned status(const std::string& token) {
    unsigned status = 0;
    admission.admit(token, kNow, [&](const Result<AccessToken, Refused>& admitted) {
      status = admitted ? 200 : admitted.error().status;
    });
    return status;
  }
  auth::Keys keys{{"key", Secret{"secret"}}};
  Admission admission{keys};
};

TEST_F(AdmissionTest, RefusalsAreClassifiedAsClientsExpect) {
  EXPECT_EQ(status(token_of("ann", "", kNow)), 200U);
  EXPECT_EQ(status(""), 401U);
  EXPECT_EQ(status("rubbish"), 401U);
  EXPECT_EQ(status(*auth::sign(join_claims("show", {.identity = "a"}, kNow, 600s), "key", Secret{"other"})), 401U);
  EXPECT_EQ(status(token({{"sub", "ann"}, {"exp", 1'700'000'600}})), 401U);
  EXPECT_EQ(status(token({{"sub", "ann"}, {"exp", 1'700'000'600}, {"video", {{"roomJoin", true}}}})), 400U);
  EXPECT_EQ(status(token_of("", "", kNow)), 400U);
  EXPECT_EQ(status(token_of(std::string(300, 'x'), "", kNow)), 400U);
}

// S-066: the token of a removed participant is refused, one made right afterwards is not.
TEST_F(AdmissionTest, RevokedTokensAreRefusedAndLaterOnesAreNot) {
  const std::string old = token_of("ann", "", kNow - 1ms);
  const std::string fresh = token_of("ann", "", kNow + 1ms);
  admission.revocations().revoke("show", "ann", kNow);
  EXPECT_EQ(status(old), 401U);
  EXPECT_EQ(status(fresh), 200U);
  EXPECT_EQ(status(token_of("bob", "", kNow - 1ms)), 200U);
  admission.revocations().revoke("show", "", kNow);
  EXPECT_EQ(status(token_of("bob", "", kNow - 1ms)), 401U);
}

TEST_F(AdmissionTest, DeadLeasesNeverGetIn) {
  Gate gate;
  gate.alive = "lease2";
  admission.set_gate(&gate);
  EXPECT_EQ(status(token_of("ann", "lease1", kNow)), 401U);
  EXPECT_EQ(status(token_of("ann", "lease2", kNow)), 200U);
  EXPECT_EQ(status(token_of("ann", "", kNow)), 401U) << "nobody publishes without a lease";
  gate.late = true;
  std::optional<bool> admitted;
  admission.admit(token_of("ann", "lease2", kNow), kNow, [&](const auto& access) { admitted = access.has_value(); });
  EXPECT_FALSE(admitted) << "the gate asks somewhere else";
  gate.answers.back()();
  EXPECT_EQ(admitted, true);
  signal::Grants viewer{.identity = "viewer", .permission = signal::default_permission()};
  viewer.permission.set_can_publish(false);
  EXPECT_EQ(status(token(join_claims("show", viewer, kNow, 600s))), 200U);
}

TEST(Revocations, ForgetWhatNoTokenCanStillUse) {
  Revocations revocations;
  revocations.revoke("show", "ann", kNow);
  revocations.revoke("show", "ann", kNow + 1s);
  revocations.revoke("show", "ann", kNow - 1s);  // does not shorten the later one
  EXPECT_TRUE(revocations.is_revoked("show", "ann", kNow + 1s));
  EXPECT_FALSE(revocations.is_revoked("show", "ann", kNow + 2s));
  EXPECT_FALSE(revocations.is_revoked("other", "ann", kNow));
  revocations.expire(kNow + Revocations::kKeep + 500ms);
  EXPECT_TRUE(revocations.is_revoked("show", "ann", kNow));
  revocations.expire(kNow + Revocations::kKeep + 2s);
  EXPECT_FALSE(revocations.is_revoked("show", "ann", kNow));
}

// D13: who is banned watches over no connection any more, and nobody else is meant.
TEST(Revocations, OfAllConnectionsOfAViewer) {
  Revocations revocations;
  revocations.revoke("show", app::viewers_of(domain::UserId{"ann"}).value(), kNow);
  EXPECT_TRUE(revocations.is_revoked("show", "ann#abcdefghijkl", kNow));
  EXPECT_FALSE(revocations.is_revoked("show", "ann#abcdefghijkl", kNow + 1s));
  EXPECT_FALSE(revocations.is_revoked("show", "ann", kNow));
  EXPECT_FALSE(revocations.is_revoked("show", "anne#abcdefghijkl", kNow));
  EXPECT_FALSE(revocations.is_revoked("show", "ann#b", kNow)) << "a user of that name";
  EXPECT_FALSE(revocations.is_revoked("show", "abcdefghijkl", kNow));
}

}  // namespace
}  // namespace costage::livekit_server
