#include "adapters/livekit_server/webhooks.hpp"

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "adapters/auth/token.hpp"
#include "adapters/http/server.hpp"

namespace costage::livekit_server {
namespace {

using namespace std::chrono_literals;

const auth::Keys kKeys{{"key", Secret{"secret"}}};

TEST(Webhooks, SignatureCarriesTheBodysDigest) {
  constexpr WallTime now{1'700'000'000'000ms};
  const auto claims = auth::verify(webhook_signature("abc", "key", kKeys.at("key"), now), kKeys, now);
  ASSERT_TRUE(claims);
  // FIPS 180-2, appendix B.1, in base64
  EXPECT_EQ(claims->at("iat"), 1'700'000'000);
  EXPECT_EQ(claims->at("sha256"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}

TEST(Webhooks, AreDeliveredInOrderAndRetriedWhenRefused) {
  boost::asio::io_context loop;
  http::Server server{loop};
  std::vector<std::string> received;
  int refusals = 1;
  const auto port = server.listen("127.0.0.1", 0);
  ASSERT_TRUE(port);
  server.route("POST", "/hook", [&](http::Request request) -> http::asio::awaitable<http::Response> {
    if (refusals-- > 0) co_return http::Response{.status = 500};
    EXPECT_EQ(request.header("content-type"), "application/webhook+json");
    EXPECT_EQ(request.header("host"), "127.0.0.1:" + std::to_string(*port));
    livekit::WebhookEvent event;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(request.body, &event).ok());
    received.push_back(event.event());
    if (received.size() == 2) loop.stop();
    co_return http::Response{};
  });
  const VirtualClock clock;
  Webhooks webhooks{loop, clock, {"http://127.0.0.1:" + std::to_string(*port) + "/hook"}, "key", kKeys.at("key")};
  for (const char* name : {"room_started", "room_finished"}) {
    livekit::WebhookEvent event;
    event.set_event(name);
    webhooks.send(event);
  }
  loop.run_for(10s);
  EXPECT_EQ(received, (std::vector<std::string>{"room_started", "room_finished"}));
}

}  // namespace
}  // namespace costage::livekit_server
