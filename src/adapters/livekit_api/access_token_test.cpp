#include "adapters/livekit_api/access_token.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace costage::livekit_api {
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

}  // namespace
}  // namespace costage::livekit_api
