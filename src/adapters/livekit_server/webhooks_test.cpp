#include "adapters/livekit_server/webhooks.hpp"

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <boost/asio/post.hpp>

#include "adapters/auth/token.hpp"
#include "adapters/http/server.hpp"
#include "adapters/storage/memory/memory_database.hpp"
#include "app/webhooks.hpp"

namespace costage::livekit_server {
namespace {

using namespace std::chrono_literals;

using Names = std::vector<std::string>;

const auth::Keys kKeys{{"key", Secret{"secret"}}};

TEST(Webhooks, PausesGrowFromASecondToFiveMinutes) {
  RetryPace pace;
  std::vector<int> seconds;
  for (int i = 0; i < 11; ++i) seconds.push_back(static_cast<int>(pace.after_failure().count()));
  EXPECT_EQ(seconds, (std::vector<int>{1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}));
  pace.after_success();
  EXPECT_EQ(pace.after_failure(), 1s);
}

// Answers as the storage worker does: posted to the loop.
class StorageOfLoop final : public app::Storage {
 public:
  explicit StorageOfLoop(boost::asio::io_context& loop) : loop_(loop) {}
  bool submit(Work work, Done done) override {
    if (!memory.submit(std::move(work), std::move(done))) return false;
    boost::asio::post(loop_, [this] { memory.run(); });
    return true;
  }
  [[nodiscard]] std::optional<std::string> trouble() const override { return {}; }

  storage::MemoryStorage memory;

 private:
  boost::asio::io_context& loop_;
};

// A receiver, and what is kept for it.
class WebhooksTest : public ::testing::Test {
 protected:
  WebhooksTest() {
    server.route("POST", "/hook", [this](http::Request request) -> http::asio::awaitable<http::Response> {
      ++asked;
      if (refusals > 0 && refusals-- > 0) co_return http::Response{.status = 500};
      take(request);
      co_return http::Response{};
    });
  }

  void take(const http::Request& request) {
    EXPECT_EQ(request.header("content-type"), "application/webhook+json");
    EXPECT_EQ(request.header("host"), "127.0.0.1:" + std::to_string(port));
    livekit::WebhookEvent event;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(request.body, &event).ok());
    received.push_back(event.event() + (event.num_dropped() ? " -" + std::to_string(event.num_dropped()) : ""));
    if (received.size() == wanted) loop.stop();
  }

  // As after a start of the program.
  std::unique_ptr<Webhooks> start() {
    auto hooks = std::make_unique<Webhooks>(loop, clock, std::vector{url(), url()}, "key", kKeys.at("key"));
    hooks->start(outbox);
    return hooks;
  }

  void append(const char* name) {
    outbox.append(url(), std::string{"{\"event\":\""} + name + "\"}", clock.now(), [](auto) {});
  }

  Names receive(std::size_t count) {
    wanted = count;
    loop.restart();
    loop.run_for(10s);
    return std::exchange(received, {});
  }

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port) + "/hook"; }

  boost::asio::io_context loop;
  http::Server server{loop};
  std::uint16_t port = *server.listen("127.0.0.1", 0);
  StorageOfLoop storage{loop};
  app::Webhooks outbox{storage};
  VirtualClock clock;
  Names received;
  std::size_t wanted = 0;
  int refusals = 0, asked = 0;
};

livekit::WebhookEvent event(const char* name) {
  livekit::WebhookEvent event;
  event.set_event(name);
  return event;
}

TEST_F(WebhooksTest, AreDeliveredInOrderAndTriedAgainWhenRefused) {
  refusals = 1;
  const auto hooks = start();
  for (const char* name : {"room_started", "room_finished"}) hooks->send(event(name));
  EXPECT_EQ(receive(2), (Names{"room_started", "room_finished"}));
  EXPECT_EQ(asked, 3) << "one at a time, and a URL named twice is one";
}

TEST_F(WebhooksTest, WhatWaitedBeforeTheStartComesFirst) {
  append("old");
  const auto hooks = start();
  hooks->send(event("new"));
  EXPECT_EQ(receive(2), (Names{"old", "new"}));
}

TEST_F(WebhooksTest, AreGivenUpAfterADay) {
  append("too old");
  clock.time += 1s;
  append("old");
  clock.time += 24h;
  const auto hooks = start();
  EXPECT_EQ(receive(1), (Names{"old -1"}));
  hooks->send(event("new"));
  EXPECT_EQ(receive(1), (Names{"new"})) << "a loss is told once";
}

TEST_F(WebhooksTest, TheNextTellsOfThoseThatCouldNotBeWritten) {
  const auto hooks = start();
  storage.memory.full = true;
  hooks->send(event("lost"));
  storage.memory.full = false;
  hooks->send(event("next"));
  EXPECT_EQ(receive(1), (Names{"next -1"}));
}

TEST_F(WebhooksTest, StorageThatFailsForAWhileLosesNothing) {
  append("kept");
  loop.poll();
  storage.memory.full = true;
  const auto hooks = start();
  boost::asio::post(loop, [this] { storage.memory.full = false; });
  EXPECT_EQ(receive(1), (Names{"kept"}));
}

}  // namespace
}  // namespace costage::livekit_server
