#include "adapters/api_v1/api.hpp"

#include <gmock/gmock.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "adapters/api_v1/testing/test_world.hpp"

namespace costage::api_v1 {
namespace {

using boost::asio::awaitable;

class ApiTest : public TestWorld {};

TEST_F(ApiTest, ARoomIsCreatedReadChangedAndStopped) {
  run([&]() -> awaitable<void> {
    const auto host = as("hanna");
    const auto made = co_await ask("POST", "/v1/rooms",
                                   R"({"title":"Pottery","metadata":{"a":[1]},"policies":{"maxCoHosts":2}})", host);
    EXPECT_EQ(made.status, 201u) << made.raw.body;
    EXPECT_EQ(made.text("hostName"), "Hanna");
    EXPECT_EQ(made.text("createdAt"), "2027-01-15T08:00:00.000Z");
    EXPECT_EQ(made.body.at("metadata").at("a").at(0), 1);
    const std::string path = "/v1/rooms/" + made.text("roomId");
    const auto read = co_await ask("GET", path, "", as("victor"));
    EXPECT_EQ(read.raw.body, made.raw.body);
    const auto changed = co_await ask("PATCH", path, R"({"title":"Clay"})", host);
    EXPECT_EQ(changed.text("title"), "Clay");
    const auto refused = co_await ask("POST", path + "/stop", "", as("victor"));
    EXPECT_EQ(refused.status, 403u);
    EXPECT_EQ(refused.text("code"), "not_permitted");
    const auto stopped = co_await ask("POST", path + "/stop", "", host);
    EXPECT_EQ(stopped.text("status"), "ended");
    const auto events = co_await ask("GET", path + "/events?since=1", "", host);
    EXPECT_EQ(events.body.at("items").as_array().size(), 2u) << events.raw.body;
    EXPECT_EQ(events.body.at("lastSeq"), 3);
  });
}

TEST_F(ApiTest, TextsAreCheckedWhereTheyComeIn) {
  run([&]() -> awaitable<void> {
    const auto host = as("hanna");
    const auto refused = [&](std::string method, std::string target, std::string body,
                             http::TestClient::Headers headers) -> awaitable<std::string> {
      const auto answer = co_await ask(method, target, body, headers);
      EXPECT_EQ(answer.status, 400u) << target << ' ' << body << ' ' << answer.raw.body;
      co_return answer.text("field");
    };
    EXPECT_EQ(co_await refused("POST", "/v1/dev/tokens", R"({"name":"a\u0000b"})", {}), "name");
    EXPECT_EQ(co_await refused("POST", "/v1/dev/tokens", R"({"userId":"  ","name":"a"})", {}), "userId");
    EXPECT_EQ(co_await refused("POST", "/v1/dev/tokens", "{\"userId\":\"ann\u202Exe\",\"name\":\"a\"}", {}), "userId");
    EXPECT_EQ(co_await refused("POST", "/v1/rooms", R"({"title":"\u0007"})", host), "title");
    EXPECT_EQ(co_await refused("POST", "/v1/rooms", R"({"title":"a","metadata":{"b":["\uffff"]}})", host),
              "metadata.b[0]");
    EXPECT_EQ(co_await refused("POST", "/v1/rooms", R"({"title":"a","hostId":"\u2066x"})", as("server", true)),
              "hostId");
    EXPECT_EQ(co_await refused("PUT", "/v1/users/%20", R"({"name":"a"})", as("server", true)), "userId");
    EXPECT_EQ(co_await refused("GET", "/v1/rooms/%01", "", host), "");
    EXPECT_EQ(co_await refused("GET", "/v1/rooms?cursor=%00", "", host), "");
  });
}

// S-020, S-024, S-034: created once, renewed when asked again, and seen by the invitee.
TEST_F(ApiTest, AnInvitationTravels) {
  run([&]() -> awaitable<void> {
    const auto host = as("hanna"), guest = as("victor");
    co_await ask("GET", "/v1/me", "", guest);
    const auto room =
        co_await ask("POST", "/v1/rooms", R"({"title":"P","policies":{"inviteWatchersOnly":false}})", host);
    const std::string path = "/v1/rooms/" + room.text("roomId");
    const auto first = co_await ask("POST", path + "/invitations", R"({"userId":"victor"})", host);
    EXPECT_EQ(first.status, 201u) << first.raw.body;
    const auto again = co_await ask("POST", path + "/invitations", R"({"userId":"victor"})", host);
    EXPECT_EQ(again.status, 200u) << again.raw.body;
    EXPECT_EQ(again.text("invitationId"), first.text("invitationId"));
    const auto pending = co_await ask("POST", path + "/broadcaster", "", guest);
    EXPECT_EQ(pending.text("code"), "invitation_pending");  // S-054
    const auto mine = co_await ask("GET", "/v1/me/invitations?status=pending", "", guest);
    EXPECT_EQ(mine.body.at("items").as_array().size(), 1u) << mine.raw.body;
    const auto accepted = co_await ask("POST", "/v1/invitations/" + first.text("invitationId") + "/accept", "", guest);
    EXPECT_EQ(accepted.text("status"), "accepted") << accepted.raw.body;
    const auto unknown = co_await ask("POST", path + "/invitations", R"({"userId":"nobody"})", host);
    EXPECT_EQ(unknown.text("code"), "user_unknown");  // S-022
  });
}

TEST_F(ApiTest, TheHostGetsBroadcasterData) {
  run([&]() -> awaitable<void> {
    const auto host = as("hanna");
    const auto room = co_await ask("POST", "/v1/rooms", R"({"title":"P"})", host);
    const auto data = co_await ask("POST", "/v1/rooms/" + room.text("roomId") + "/broadcaster", "", host);
    EXPECT_EQ(data.status, 200u) << data.raw.body;
    EXPECT_EQ(data.text("coHostUrl"), "ws://media");
    EXPECT_EQ(data.text("coHostToken"), "for hanna");
    EXPECT_FALSE(data.text("leaseId").empty());
  });
}

TEST_F(ApiTest, BadTokensAreTold) {
  run([&]() -> awaitable<void> {
    const http::TestClient::Headers none;
    const auto missing = co_await ask("GET", "/v1/me", "", none);
    EXPECT_EQ(missing.status, 401u);
    EXPECT_EQ(missing.text("code"), "unauthenticated");
    EXPECT_EQ(missing.raw.header("Content-Type"), "application/problem+json");
    http::TestClient::Headers old;
    old.emplace_back("Authorization", "Bearer " + token("hanna", false, std::chrono::seconds{-61}));
    const auto expired = co_await ask("GET", "/v1/me", "", old);
    EXPECT_EQ(expired.text("code"), "token_expired");
  });
}

TEST_F(ApiTest, BadBodiesNameTheField) {
  run([&]() -> awaitable<void> {
    const auto host = as("hanna");
    const std::vector<std::pair<std::string, std::string>> cases{
        {"{", ""},
        {"[]", ""},
        {"{}", "title"},
        {R"({"title":7})", "title"},
        {R"({"title":"x","chatEnabled":"yes"})", "chatEnabled"},
        {R"({"title":"x","metadata":[]})", "metadata"},
        {R"({"title":null})", "title"},
        {R"({"title":"x","description":null})", "description"},
        {R"({"title":"x","policies":null})", "policies"},
        {R"({"title":"x","policies":{"maxCoHosts":null}})", "policies.maxCoHosts"},
        {R"({"title":"x","policies":{"maxCoHosts":"5"}})", "policies.maxCoHosts"},
        {R"({"title":"x","policies":{"maxCoHosts":1.5}})", "policies.maxCoHosts"},
        {R"({"title":"x","policies":{"invitationTtlSeconds":1e300}})", "policies.invitationTtlSeconds"},
        {R"({"title":"x","a":)" + std::string(40, '[') + std::string(40, ']') + "}", ""}};
    for (const auto& [body, field] : cases) {
      const auto answer = co_await ask("POST", "/v1/rooms", body, host);
      EXPECT_EQ(answer.status, 400u) << body;
      EXPECT_EQ(answer.text("code"), "invalid_request") << body;
      EXPECT_EQ(answer.text("field"), field) << body;
    }
    for (const std::string query : {"limit=0", "limit=101", "limit=x", "status=odd", "sortBy=size"})
      EXPECT_EQ((co_await ask("GET", "/v1/rooms?" + query, "", host)).status, 400u) << query;
  });
}

TEST_F(ApiTest, OneKeyIsOneWrite) {
  run([&]() -> awaitable<void> {
    auto host = as("hanna");
    host.emplace_back("Idempotency-Key", "k1");
    const auto first = co_await ask("POST", "/v1/rooms", R"({"title":"P"})", host);
    const auto again = co_await ask("POST", "/v1/rooms", R"({"title":"P"})", host);
    EXPECT_EQ(again.raw.body, first.raw.body);
    const auto other = co_await ask("POST", "/v1/rooms", R"({"title":"Q"})", host);
    EXPECT_EQ(other.text("code"), "idempotency_conflict");
  });
}

TEST_F(ApiTest, WritesAreLimitedPerUser) {
  run([&]() -> awaitable<void> {
    const auto host = as("hanna"), admin = as("backend", true);
    for (int i = 0; i < 20; ++i) co_await ask("POST", "/v1/rooms", "{}", host);
    const auto refused = co_await ask("POST", "/v1/rooms", "{}", host);
    EXPECT_EQ(refused.text("code"), "rate_limited");
    EXPECT_EQ(refused.raw.header("RateLimit-Remaining"), "0");
    EXPECT_EQ(refused.raw.header("Retry-After"), "60");
    EXPECT_EQ((co_await ask("GET", "/v1/me", "", host)).status, 200u);
    EXPECT_EQ((co_await ask("POST", "/v1/rooms", "{}", admin)).status, 400u);
    clock_.time += std::chrono::seconds{60};
    EXPECT_EQ((co_await ask("POST", "/v1/rooms", "{}", host)).status, 400u);
  });
}

TEST_F(ApiTest, DevTokensAreGoodTokens) {
  run([&]() -> awaitable<void> {
    const http::TestClient::Headers none;
    const auto made = co_await ask("POST", "/v1/dev/tokens", R"({"name":"Vera V."})", none);
    EXPECT_THAT(made.text("userId"), testing::MatchesRegex("verav-[2-9a-z]{4}"));
    http::TestClient::Headers headers;
    headers.emplace_back("Authorization", "Bearer " + made.text("token"));
    const auto me = co_await ask("GET", "/v1/me", "", headers);
    EXPECT_EQ(me.text("name"), "Vera V.");
  });
}

TEST_F(ApiTest, DevTokensOfTheSameNameAreOfDifferentUsersUnlessTheIdIsGiven) {
  run([&]() -> awaitable<void> {
    const http::TestClient::Headers none;
    std::set<std::string> ids;
    for (int i = 0; i < 3; ++i)
      ids.insert((co_await ask("POST", "/v1/dev/tokens", R"({"name":"Ann"})", none)).text("userId"));
    EXPECT_EQ(ids.size(), 3u);
    const auto chosen = co_await ask("POST", "/v1/dev/tokens", R"({"name":"Ann","userId":"ann"})", none);
    EXPECT_EQ(chosen.text("userId"), "ann");
  });
}

TEST_F(ApiTest, WhatIsNotThereIsAProblemDocumentToo) {
  run([&]() -> awaitable<void> {
    const auto host = as("hanna");
    EXPECT_EQ((co_await ask("GET", "/v1/nothing", "", host)).text("code"), "not_found");
    EXPECT_EQ((co_await ask("PUT", "/v1/rooms", "", host)).text("code"), "method_not_allowed");
    EXPECT_EQ((co_await ask("GET", "/v1/rooms/none", "", host)).text("code"), "room_not_found");
  });
}

TEST_F(ApiTest, AChangeNeedsABody) {
  run([&]() -> awaitable<void> {
    const auto host = as("hanna");
    const auto room = co_await ask("POST", "/v1/rooms", R"({"title":"P"})", host);
    const std::string path = "/v1/rooms/" + room.text("roomId");
    EXPECT_EQ((co_await ask("PATCH", path, "", host)).text("code"), "invalid_request");
    EXPECT_EQ((co_await ask("PATCH", path, "{}", host)).status, 200u);
  });
}

// Numbers beyond 2^63 once wrapped around and gave the whole history.
TEST_F(ApiTest, SinceIsANumberThatJsonKeepsExactly) {
  run([&]() -> awaitable<void> {
    const auto host = as("hanna");
    const auto room = co_await ask("POST", "/v1/rooms", R"({"title":"P"})", host);
    const std::string events = "/v1/rooms/" + room.text("roomId") + "/events?since=";
    EXPECT_EQ((co_await ask("GET", events + "9007199254740991", "", host)).status, 200u);
    for (const std::string since : {"9007199254740992", "18446744073709551615", "18446744073709551616"})
      EXPECT_EQ((co_await ask("GET", events + since, "", host)).text("field"), "since") << since;
  });
}

TEST_F(ApiTest, AnIdempotencyKeyIsVisibleAscii) {
  run([&]() -> awaitable<void> {
    for (const std::string key : {"k\u00e9", "k\tk"}) {
      auto host = as("hanna");
      host.emplace_back("Idempotency-Key", key);
      const auto answer = co_await ask("POST", "/v1/rooms", R"({"title":"P"})", host);
      EXPECT_EQ(answer.text("field"), "Idempotency-Key") << key << ' ' << answer.raw.body;
    }
  });
}

// The contract says exactly what is there.
TEST_F(ApiTest, RoutesAreThoseOfTheContract) {
  const YAML::Node contract = YAML::LoadFile(COSTAGE_SOURCE_DIR "/api/openapi.yaml");
  std::set<std::string> described;
  for (const auto& path : contract["paths"])
    for (const auto& operation : path.second) {
      auto method = operation.first.as<std::string>();
      if (method == "parameters") continue;
      std::transform(method.begin(), method.end(), method.begin(), [](unsigned char c) { return std::toupper(c); });
      described.insert(method + ' ' + path.first.as<std::string>());
    }
  const auto routes = server_.routes();
  EXPECT_EQ(described, (std::set<std::string>{routes.begin(), routes.end()}));
}

TEST_F(ApiTest, CodesAreThoseOfTheContract) {
  const YAML::Node contract = YAML::LoadFile(COSTAGE_SOURCE_DIR "/api/openapi.yaml");
  const auto described = contract["components"]["schemas"]["Code"]["enum"].as<std::vector<std::string>>();
  for (const domain::CodeInfo& code : domain::all_codes())
    EXPECT_THAT(described, testing::Contains(std::string{code.name}));
}

}  // namespace
}  // namespace costage::api_v1
