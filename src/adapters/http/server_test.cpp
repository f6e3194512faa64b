#include "adapters/http/server.hpp"

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "adapters/http/test_client.hpp"

namespace costage::http {
namespace {

using testing::HasSubstr;

const TestClient::Headers kPreflight{{"Access-Control-Request-Headers", "authorization"}};

class ServerTest : public testing::Test {
 protected:
  ServerTest() {
    limits_.read_timeout = std::chrono::milliseconds{50};
    limits_.max_header = 2048;
    limits_.max_body = 1000;
    limits_.max_connections = 4;
  }
  void start() {
    server_.emplace(loop_, limits_);
    server_->route("POST", "/echo/{word}", [](Request request) -> asio::awaitable<Response> {
      co_return Response{.body = request.params["word"] + '|' + request.query["q"] + '|' + request.body};
    });
    server_->route("GET", "/v1/thing", [](Request) -> asio::awaitable<Response> { co_return Response{.body = "{}"}; });
    server_->route("GET", "/broken", [](Request) -> asio::awaitable<Response> {
      throw std::runtime_error("as expected by this test");
      co_return Response{};
    });
    server_->allow_any_origin("/v1");
    port_ = server_->listen("127.0.0.1", 0).value();
  }
  // Runs the loop until the client's part is over.
  void run(std::function<asio::awaitable<void>(TestClient&)> part) {
    start();
    asio::co_spawn(
        loop_,
        [this, part]() -> asio::awaitable<void> {
          TestClient client{loop_, port_};
          co_await part(client);
          client.close();
          server_->stop([this] { loop_.stop(); });
        },
        [](std::exception_ptr error) {
          if (error) std::rethrow_exception(error);
        });
    loop_.run_for(std::chrono::seconds{20});
    ASSERT_TRUE(loop_.stopped()) << "the test did not come to its end";
  }
  // What the server says to these bytes until it closes the connection.
  std::string answer_to(std::string bytes) {
    std::string answer;
    run([&](TestClient& client) -> asio::awaitable<void> { answer = co_await client.raw_until_closed(bytes); });
    return answer;
  }

  asio::io_context loop_{1};
  Limits limits_;
  std::optional<Server> server_;
  std::uint16_t port_ = 0;
};

TEST(Request, ATokenComesInTheHeaderOrForWebSocketsInTheQuery) {
  Request request;
  EXPECT_EQ(request.access_token(), "");
  request.query = {{"access_token", "q"}};
  EXPECT_EQ(request.access_token(), "q");
  EXPECT_EQ(request.bearer(), "") << "never logged by proxies";
  request.headers = {{"authorization", "Bearer h"}};
  EXPECT_EQ(request.access_token(), "h");
  request.headers = {{"authorization", "Basic h"}};
  EXPECT_EQ(request.bearer(), "");
}

TEST_F(ServerTest, AnswersRequestsOnOneConnection) {
  run([&](TestClient& client) -> asio::awaitable<void> {
    for (int i = 0; i < 3; ++i) {
      const auto answer = co_await client.request("POST", "/echo/a%2Fb?q=x+y", "text");
      EXPECT_EQ(answer.status, 200u);
      EXPECT_EQ(answer.body, "a/b|x y|text");
    }
    EXPECT_EQ(server_->connections(), 1u);
  });
}

TEST_F(ServerTest, HeadHasTheHeadersOfGet) {
  const auto answer = answer_to("HEAD /v1/thing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("200 OK"));
  EXPECT_THAT(answer, HasSubstr("Content-Length: 2\r\n"));
  EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << answer;
}

TEST_F(ServerTest, UnknownPathAndMethod) {
  run([&](TestClient& client) -> asio::awaitable<void> {
    EXPECT_EQ((co_await client.request("GET", "/nothing")).status, 404u);
    const auto answer = co_await client.request("DELETE", "/v1/thing");
    EXPECT_EQ(answer.status, 405u);
    EXPECT_EQ(answer.header("Allow"), "GET, HEAD, OPTIONS");
  });
}

TEST_F(ServerTest, LeadingSlashesCollapse) {
  run([&](TestClient& client) -> asio::awaitable<void> {
    EXPECT_EQ((co_await client.request("GET", "//v1/thing")).status, 200u);
  });
}

TEST_F(ServerTest, AnyOriginMayAskWhereAllowed) {
  run([&](TestClient& client) -> asio::awaitable<void> {
    const auto preflight = co_await client.request("OPTIONS", "/v1/thing", "", kPreflight);
    EXPECT_EQ(preflight.status, 204u);
    EXPECT_EQ(preflight.header("Access-Control-Allow-Headers"), "authorization");
    EXPECT_EQ((co_await client.request("GET", "/v1/thing")).header("Access-Control-Allow-Origin"), "*");
    EXPECT_EQ((co_await client.request("GET", "/v1/none")).header("Access-Control-Allow-Origin"), "*");
    EXPECT_EQ((co_await client.request("GET", "/broken")).header("Access-Control-Allow-Origin"), "");
  });
}

TEST_F(ServerTest, ABrokenHandlerCostsItsRequestOnly) {
  run([&](TestClient& client) -> asio::awaitable<void> {
    EXPECT_EQ((co_await client.request("GET", "/broken")).status, 500u);
    EXPECT_EQ((co_await client.request("GET", "/v1/thing")).status, 200u);
  });
}

TEST_F(ServerTest, MalformedRequestsGetAClearAnswer) {
  EXPECT_THAT(answer_to("HELLO\r\n\r\n"), HasSubstr("400 Bad Request"));
}
TEST_F(ServerTest, HostIsRequired) { EXPECT_THAT(answer_to("GET / HTTP/1.1\r\n\r\n"), HasSubstr("no Host header")); }
TEST_F(ServerTest, BadEscapesAreRefused) {
  EXPECT_THAT(answer_to("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n"), HasSubstr("400 Bad Request"));
}
// RFC 9112 section 6.1: the classic of request smuggling.
TEST_F(ServerTest, TwoLengthsAreRefused) {
  EXPECT_THAT(answer_to("POST /echo/a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "0\r\n\r\n"),
              HasSubstr("400 Bad Request"));
}
TEST_F(ServerTest, LargeHeaderIs431) {
  EXPECT_THAT(answer_to("GET /?" + std::string(3000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n"), HasSubstr(" 431 "));
}
TEST_F(ServerTest, LargeBodyIs413BeforeItIsSent) {
  EXPECT_THAT(answer_to("POST /echo/a HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n"), HasSubstr(" 413 "));
}
TEST_F(ServerTest, LargeChunkedBodyIs413) {
  EXPECT_THAT(answer_to("POST /echo/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" +
                        std::string(2000, 'x')),
              HasSubstr(" 413 "));
}
TEST_F(ServerTest, ContinueIsSaidWhenAsked) {
  EXPECT_THAT(answer_to("POST /echo/a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n"),
              HasSubstr("100 Continue"));
}
TEST_F(ServerTest, ASiteStandsBelowItsName) {
  std::string folder = (std::filesystem::temp_directory_path() / "costage-site-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  std::ofstream{folder + "/index.html"} << "guides";
  run([&](TestClient& client) -> asio::awaitable<void> {
    EXPECT_EQ(server_->serve_site("docs", folder, {{"X-Kind", "site"}}), "");
    const auto page = co_await client.request("GET", "/docs/");
    EXPECT_EQ(page.body, "guides");
    EXPECT_EQ(page.header("X-Kind"), "site");
    const auto without_slash = co_await client.request("GET", "/docs");
    EXPECT_EQ(without_slash.status, 308u);
    EXPECT_EQ(without_slash.header("Location"), "docs/");
    EXPECT_EQ((co_await client.request("GET", "/docs/none")).status, 404u);
    EXPECT_EQ((co_await client.request("GET", "/")).status, 404u) << "the rest is not its own";
  });
  std::filesystem::remove_all(folder);
}

TEST_F(ServerTest, AHeaderThatNeverEndsIsCutOff) { EXPECT_EQ(answer_to("GET / HTTP/1.1\r\nHo"), ""); }
TEST_F(ServerTest, ABodyThatNeverEndsIsCutOff) {
  EXPECT_EQ(answer_to("POST /echo/a HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc"), "");
}
TEST_F(ServerTest, SilenceIsCutOff) { EXPECT_EQ(answer_to(""), ""); }

TEST_F(ServerTest, TooManyConnectionsAreClosed) {
  limits_.read_timeout = std::chrono::seconds{10};
  run([&](TestClient& client) -> asio::awaitable<void> {
    std::vector<std::unique_ptr<TestClient>> others;
    for (int i = 0; i < 4; ++i) {
      others.push_back(std::make_unique<TestClient>(loop_, port_));
      co_await others.back()->request("GET", "/v1/thing");
    }
    EXPECT_EQ(co_await client.raw_until_closed("GET /v1/thing HTTP/1.1\r\nHost: x\r\n\r\n"), "");
    EXPECT_EQ((co_await others[0]->request("GET", "/v1/thing")).status, 200u);
  });
}

TEST_F(ServerTest, AUsedPortIsOneSentence) {
  start();
  Server second{loop_};
  const auto result = second.listen("127.0.0.1", port_);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error(), "Port " + std::to_string(port_) + " on 127.0.0.1 is in use by another program.");
  EXPECT_EQ(second.listen("localhost!", 0).error(), "\"localhost!\" is not an IP address to listen on.");
}

TEST_F(ServerTest, StopLetsARunningRequestEnd) {
  start();
  asio::steady_timer gate{loop_, std::chrono::steady_clock::time_point::max()};
  server_->route("GET", "/slow", [&](Request) -> asio::awaitable<Response> {
    server_->stop([&] { loop_.stop(); });
    asio::post(loop_, [&] { gate.cancel(); });
    boost::system::error_code ignored;
    co_await gate.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    co_return Response{.body = "done"};
  });
  std::string answer;
  asio::co_spawn(
      loop_,
      [&]() -> asio::awaitable<void> {
        TestClient client{loop_, port_};
        answer = co_await client.raw_until_closed("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
      },
      asio::detached);
  loop_.run_for(std::chrono::seconds{20});
  EXPECT_TRUE(loop_.stopped());
  loop_.restart();
  loop_.poll();
  EXPECT_THAT(answer, HasSubstr("Connection: close"));
  EXPECT_TRUE(answer.ends_with("done")) << answer;
}

}  // namespace
}  // namespace costage::http
