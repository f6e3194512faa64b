// What threads share: sockets come, are sent to and go, all at once.
#include <gtest/gtest.h>

#include <boost/asio/steady_timer.hpp>
#include <set>

#include "adapters/http/server.hpp"
#include "adapters/http/test_client.hpp"

namespace costage::http {
namespace {

constexpr int kFrames = 300;

class GatewayTest : public testing::Test {
 protected:
  GatewayTest() {
    server_.upgrade("/ws", [this](Request) -> asio::awaitable<std::variant<Response, Accept>> {
      co_return Accept{[this](std::shared_ptr<WebSocket> socket) { return owner(std::move(socket)); }, {}};
    });
    port_ = server_.listen("127.0.0.1", 0).value();
  }
  WebSocketEvents owner(std::shared_ptr<WebSocket> socket) {
    sockets_.insert(socket);
    WebSocketEvents events;
    events.on_message = [](std::string_view, bool) {};
    events.on_closed = [this, socket] { sockets_.erase(socket); };
    return events;
  }
  // Hears the frames from `first` on, each after the last, up to `count` of them.
  asio::awaitable<void> listen(int count) {
    TestWebSocket client{loop_};
    EXPECT_EQ(co_await client.open(port_, "/ws"), 101u);
    co_await client.send("I am here");
    int next = -1;
    for (int heard = 0; heard < count; ++heard) {
      const std::string text = co_await client.receive();
      if (text.empty()) break;
      const int number = std::stoi(text);
      EXPECT_TRUE(next < 0 || number == next) << number << " instead of " << next;
      next = number + 1;
    }
    if (count == kFrames) EXPECT_EQ(next, kFrames);
    ++ended_;
  }
  void start(asio::awaitable<void> part) {
    ++started_;
    asio::co_spawn(loop_, std::move(part), [](std::exception_ptr error) {
      if (error) std::rethrow_exception(error);
    });
  }
  asio::awaitable<void> pause() {
    asio::steady_timer timer{loop_, std::chrono::milliseconds{1}};
    co_await timer.async_wait(asio::use_awaitable);
  }

  asio::io_context loop_{1};
  Server server_{loop_, {}, 3};
  std::uint16_t port_ = 0;
  std::set<std::shared_ptr<WebSocket>> sockets_;
  int started_ = 0;
  int ended_ = 0;
};

TEST_F(GatewayTest, EachHearsAllInOrderWhileOthersComeAndGo) {
  constexpr std::size_t kStay = 12;
  for (std::size_t i = 0; i < kStay; ++i) start(listen(kFrames));
  const auto speak = [this]() -> asio::awaitable<void> {
    while (sockets_.size() < kStay) co_await pause();
    for (int i = 0; i < kFrames; ++i) {
      const SharedFrame frame = Frame::text(std::to_string(i));
      for (const auto& socket : sockets_) i % 3 == 0 ? socket->send_shared(frame) : socket->send_paced(frame);
      if (i % 10 == 0 && i < kFrames / 2) start(listen(7));
      if (i % 5 == 0) co_await pause();
    }
    while (ended_ < started_) co_await pause();
    server_.stop([this] { loop_.stop(); });
  };
  asio::co_spawn(loop_, speak, asio::detached);
  loop_.run_for(std::chrono::seconds{20});
  EXPECT_TRUE(loop_.stopped());
  EXPECT_TRUE(sockets_.empty());
}

// The program may end while sockets are open and written to.
TEST_F(GatewayTest, AServerThatGoesLeavesNothingBehind) {
  for (int i = 0; i < 6; ++i) start(listen(kFrames + 1));
  const auto speak = [this]() -> asio::awaitable<void> {
    while (sockets_.size() < 6) co_await pause();
    for (const auto& socket : sockets_) socket->send_text("0");
    loop_.stop();
  };
  asio::co_spawn(loop_, speak, asio::detached);
  loop_.run_for(std::chrono::seconds{20});
  EXPECT_EQ(sockets_.size(), 6u);
}

}  // namespace
}  // namespace costage::http
