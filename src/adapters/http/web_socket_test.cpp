#include <gmock/gmock.h>

#include <boost/asio/steady_timer.hpp>

#include "adapters/http/server.hpp"
#include "adapters/http/test_client.hpp"

namespace costage::http {
namespace {

// With the sockets on the control loop, and in threads.
class WebSocketTest : public testing::TestWithParam<std::size_t> {
 protected:
  WebSocketTest() {
    limits_.max_message = 1000;
    limits_.queue_hard = 100'000;
    server_.upgrade("/ws/{name}", [this](Request request) -> asio::awaitable<std::variant<Response, Accept>> {
      if (request.query["token"].empty()) co_return Response{.status = 401, .content_type = "text/plain", .body = "no"};
      co_return Accept{[this](std::shared_ptr<WebSocket> socket) { return owner(socket); }, limits_};
    });
    port_ = server_.listen("127.0.0.1", 0).value();
  }
  WebSocketEvents owner(std::shared_ptr<WebSocket> socket) {
    socket_ = socket;
    WebSocketEvents events;
    events.on_message = [this](std::string_view message, bool binary) {
      if (message == "close me") return socket_->close(4401, "as asked");
      binary ? socket_->send_binary(std::string{message}) : socket_->send_text(std::string{message});
    };
    events.on_closed = [this] {
      ++closed_;
      code_ = socket_->close_code();
      socket_.reset();
      ended_.cancel();
    };
    events.on_pong = [this] { ++pongs_; };
    events.on_drained = [this] { ++drained_; };
    return events;
  }
  void run(std::function<asio::awaitable<void>(TestWebSocket&)> part) {
    asio::co_spawn(
        loop_,
        [this, part]() -> asio::awaitable<void> {
          {
            TestWebSocket client{loop_};
            co_await part(client);
          }
          if (socket_) co_await until_closed();
          server_.stop([this] { loop_.stop(); });
        },
        [](std::exception_ptr error) {
          if (error) std::rethrow_exception(error);
        });
    loop_.run_for(std::chrono::seconds{20});
    ASSERT_TRUE(loop_.stopped()) << "the test did not come to its end";
  }

  // The server's side has heard of the end.
  asio::awaitable<void> until_closed() {
    boost::system::error_code ignored;
    if (closed_ == 0) co_await ended_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }

  // Opens, and lets the server know its socket.
  asio::awaitable<void> open(TestWebSocket& client) {
    co_await client.open(port_, "/ws/a?token=t");
    co_await client.send("x");
    co_await client.receive();
  }
  // Long enough for what can be written.
  asio::awaitable<void> pause() {
    asio::steady_timer timer{loop_, std::chrono::milliseconds{2}};
    co_await timer.async_wait(asio::use_awaitable);
  }
  asio::awaitable<void> turn() { co_await asio::post(loop_, asio::use_awaitable); }

  asio::io_context loop_{1};
  asio::steady_timer ended_{loop_, std::chrono::steady_clock::time_point::max()};
  WebSocketLimits limits_;
  Server server_{loop_, {}, GetParam()};
  std::uint16_t port_ = 0;
  std::shared_ptr<WebSocket> socket_;
  int closed_ = 0;
  int pongs_ = 0;
  int drained_ = 0;
  unsigned code_ = 0;
};

TEST_P(WebSocketTest, EchoesAndClosesCleanly) {
  run([&](TestWebSocket& client) -> asio::awaitable<void> {
    EXPECT_EQ(co_await client.open(port_, "/ws/a?token=t"), 101u);
    co_await client.send("hello");
    EXPECT_EQ(co_await client.receive(), "hello");
    co_await client.close();
    co_await until_closed();
  });
  EXPECT_EQ(closed_, 1);
  EXPECT_EQ(code_, 1005u);
}

TEST_P(WebSocketTest, IsRefusedBeforeTheUpgrade) {
  run([&](TestWebSocket& client) -> asio::awaitable<void> { EXPECT_EQ(co_await client.open(port_, "/ws/a"), 401u); });
  EXPECT_EQ(closed_, 0);
}

TEST_P(WebSocketTest, UnknownPathIs404) {
  run([&](TestWebSocket& client) -> asio::awaitable<void> { EXPECT_EQ(co_await client.open(port_, "/rtc/v1"), 404u); });
}

TEST_P(WebSocketTest, PlainGetIsTold) {
  run([&](TestWebSocket&) -> asio::awaitable<void> {
    TestClient client{loop_, port_};
    EXPECT_EQ((co_await client.request("GET", "/ws/a?token=t")).status, 426u);
  });
}

TEST_P(WebSocketTest, ServerClosesWithItsCode) {
  run([&](TestWebSocket& client) -> asio::awaitable<void> {
    co_await client.open(port_, "/ws/a?token=t");
    co_await client.send("close me");
    EXPECT_EQ(co_await client.receive(), "");
    EXPECT_EQ(client.code(), 4401u);
  });
  EXPECT_EQ(code_, 4401u);
}

TEST_P(WebSocketTest, WhatWasQueuedIsSentBeforeTheClose) {
  run([&](TestWebSocket& client) -> asio::awaitable<void> {
    co_await client.open(port_, "/ws/a?token=t");
    co_await client.send("x");
    co_await client.receive();
    socket_->send_text("first");
    socket_->send_shared(Frame::text("last"));
    socket_->close(1001, "");
    EXPECT_EQ(co_await client.receive(), "first");
    EXPECT_EQ(co_await client.receive(), "last");
    EXPECT_EQ(co_await client.receive(), "");
    EXPECT_EQ(client.code(), 1001u);
  });
}

TEST_P(WebSocketTest, LargeMessageIs1009) {
  run([&](TestWebSocket& client) -> asio::awaitable<void> {
    co_await client.open(port_, "/ws/a?token=t");
    co_await client.send(std::string(1001, 'x'));
    EXPECT_EQ(co_await client.receive(), "");
    EXPECT_EQ(client.code(), 1009u);
  });
  EXPECT_EQ(closed_, 1);
}

TEST_P(WebSocketTest, AFullQueueIs1013) {
  run([&](TestWebSocket& client) -> asio::awaitable<void> {
    co_await client.open(port_, "/ws/a?token=t");
    co_await client.send("x");
    co_await client.receive();
    for (int i = 0; i < 20; ++i) socket_->send_binary(std::string(10'000, 'x'));
    while (!(co_await client.receive()).empty()) {
    }
    EXPECT_EQ(client.code(), 1013u);
  });
  EXPECT_EQ(code_, 1013u);
}

TEST_P(WebSocketTest, MessagesKeepTheirOrderWhateverTheirPace) {
  run([&](TestWebSocket& client) -> asio::awaitable<void> {
    co_await open(client);
    for (int round = 0; round < 3; ++round) {
      socket_->send_paced(Frame::text("a"));
      socket_->send_paced(Frame::text("b"));
      for (const char* expected : {"a", "b"}) EXPECT_EQ(co_await client.receive(), expected);
      socket_->send_paced(Frame::text("c"));
      socket_->send_shared(Frame::text("d"));
      for (const char* expected : {"c", "d"}) EXPECT_EQ(co_await client.receive(), expected);
    }
  });
}

// Each message is written in many parts, and a ping is always due.
TEST_P(WebSocketTest, NothingComesIntoTheMiddleOfAMessage) {
  limits_.ping_every = std::chrono::seconds{0};
  limits_.queue_hard = 100'000'000;
  run([&](TestWebSocket& client) -> asio::awaitable<void> {
    co_await open(client);
    for (char c = 'a'; c <= 'z'; ++c) socket_->send_paced(Frame::text(std::string(1'000'000, c)));
    for (char c = 'a'; c <= 'z'; ++c) EXPECT_EQ(co_await client.receive(), std::string(1'000'000, c));
  });
}

TEST_P(WebSocketTest, AReaderThatStopsAndGoesOn) {
  limits_.queue_soft = 20'000;
  run([&](TestWebSocket& client) -> asio::awaitable<void> {
    co_await open(client);
    int sent = 0;
    for (; !socket_->congested(); ++sent) {
      socket_->send_shared(Frame::text(std::string(10'000, 'x')));
      co_await pause();
    }
    EXPECT_EQ(drained_, 0);
    EXPECT_TRUE(socket_->congested());
    for (; sent > 0; --sent) EXPECT_EQ((co_await client.receive()).size(), 10'000u);
    while (drained_ == 0) co_await turn();
    EXPECT_EQ(socket_->queued_bytes(), 0u);
  });
  EXPECT_EQ(drained_, 1);
}

TEST_P(WebSocketTest, AReaderThatStopsForGoodIs1013) {
  run([&](TestWebSocket& client) -> asio::awaitable<void> {
    co_await open(client);
    std::size_t most = 0;
    for (; socket_ && socket_->close_code() != 1013; co_await turn()) {
      socket_->send_shared(Frame::text(std::string(10'000, 'x')));
      most = std::max(most, socket_->queued_bytes());
    }
    EXPECT_LE(most, limits_.queue_hard);
    while (!(co_await client.receive()).empty()) {
    }
    EXPECT_EQ(client.code(), 1013u);
  });
  EXPECT_EQ(code_, 1013u);
}

TEST_P(WebSocketTest, StopSays1001) {
  run([&](TestWebSocket& client) -> asio::awaitable<void> {
    co_await client.open(port_, "/ws/a?token=t");
    server_.stop();
    EXPECT_EQ(co_await client.receive(), "");
    EXPECT_EQ(client.code(), 1001u);
  });
}

TEST_P(WebSocketTest, ALostPeerIsReported) {
  run([&](TestWebSocket& client) -> asio::awaitable<void> {
    co_await client.open(port_, "/ws/a?token=t");
    co_await client.send("x");
    co_await client.receive();
    client.stream().next_layer().close();
    co_await until_closed();
  });
  EXPECT_EQ(closed_, 1);
  EXPECT_EQ(code_, 1006u);
}

TEST_P(WebSocketTest, PingsAreAnswered) {
  limits_.ping_every = std::chrono::seconds{0};
  run([&](TestWebSocket& client) -> asio::awaitable<void> {
    co_await client.open(port_, "/ws/a?token=t");
    for (int i = 0; i < 1000 && pongs_ == 0; ++i) {
      co_await client.send("x");
      co_await client.receive();
    }
    EXPECT_GT(pongs_, 0);
  });
}

// Who listens and says nothing answers pings, and stays.
TEST_P(WebSocketTest, AnsweringPingsIsASignOfLife) {
  limits_.idle_timeout = std::chrono::seconds{1};
  run([&](TestWebSocket& client) -> asio::awaitable<void> {
    co_await open(client);
    asio::steady_timer later{loop_, 2 * limits_.idle_timeout};
    later.async_wait([this](boost::system::error_code) {
      if (socket_) socket_->send_text("still here");
    });
    EXPECT_EQ(co_await client.receive(), "still here");
  });
}

TEST_P(WebSocketTest, CompressesWhereAskedTo) {
  limits_ = {};
  limits_.deflate = true;
  run([&](TestWebSocket& client) -> asio::awaitable<void> {
    boost::beast::websocket::permessage_deflate deflate;
    deflate.client_enable = true;
    client.stream().set_option(deflate);
    co_await client.open(port_, "/ws/a?token=t");
    for (const std::size_t size : {std::size_t{900}, std::size_t{1}, 2 * kDeflateFrom}) {
      co_await client.send(std::string(size, 'x'));
      EXPECT_EQ(co_await client.receive(), std::string(size, 'x'));
    }
  });
}

INSTANTIATE_TEST_SUITE_P(Gateways, WebSocketTest, testing::Values(0, 1, 3));

}  // namespace
}  // namespace costage::http
