#include "adapters/http/router.hpp"

#include <gmock/gmock.h>

#include "adapters/http/target.hpp"

namespace costage::http {
namespace {

class RouterTest : public testing::Test {
 protected:
  RouterTest() {
    for (const char* pattern : {"/", "/v1/rooms", "/v1/rooms/{roomId}", "/v1/rooms/{roomId}/stage/leave",
                                "/v1/rooms/{roomId}/stage/{userId}", "/v1/me/{what}/x", "/v1/{who}/invitations"})
      router_.route("GET", pattern, [](Request) -> asio::awaitable<Response> { co_return Response{}; });
  }
  Router::Found find(std::string_view path) { return router_.find(parse_target(path)->segments); }

  Router router_;
};

TEST_F(RouterTest, FillsParameters) {
  const auto found = find("/v1/rooms/r1/stage/ana");
  ASSERT_TRUE(found.endpoint);
  EXPECT_THAT(found.params, testing::ElementsAre(testing::Pair("roomId", "r1"), testing::Pair("userId", "ana")));
}

TEST_F(RouterTest, LiteralWinsOverParameter) {
  EXPECT_EQ(find("/v1/rooms/r1/stage/leave").params.size(), 1u);
  EXPECT_EQ(find("/v1/rooms/r1/stage/leaves").params.size(), 2u);
}

TEST_F(RouterTest, TriesTheParameterWhenTheLiteralLeadsNowhere) {
  EXPECT_THAT(find("/v1/me/invitations").params, testing::ElementsAre(testing::Pair("who", "me")));
}

TEST_F(RouterTest, FindsNothingElsewhere) {
  for (const char* path : {"/v1", "/v1/rooms/r1/stage", "/v1/rooms//", "/v2/rooms", "/v1/rooms/r1/stage/leave/now"})
    EXPECT_FALSE(find(path).endpoint) << path;
  EXPECT_TRUE(find("/").endpoint);
}

TEST_F(RouterTest, TellsWhatIsAllowed) {
  router_.route("POST", "/v1/rooms", [](Request) -> asio::awaitable<Response> { co_return Response{}; });
  EXPECT_EQ(find("/v1/rooms").endpoint->allow(), "GET, HEAD, POST, OPTIONS");
  EXPECT_TRUE(find("/v1/rooms").endpoint->find("HEAD"));
  EXPECT_FALSE(find("/v1/rooms").endpoint->find("PUT"));
}

TEST_F(RouterTest, OwnsWhatBeginsLikeARoute) {
  router_.route("POST", "/v9/things", [](Request) -> asio::awaitable<Response> { co_return Response{}; });
  EXPECT_TRUE(router_.owns({"v9"}));
  EXPECT_TRUE(router_.owns({"v9", "nothing"}));
  EXPECT_FALSE(router_.owns({"assets", "v9"}));
  EXPECT_FALSE(router_.owns({}));
}

}  // namespace
}  // namespace costage::http
