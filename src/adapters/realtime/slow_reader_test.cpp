// Who reads too slowly: nothing is kept for them without end, and nothing is missing once they read on.
#include <gmock/gmock.h>

#include "adapters/realtime/testing/with_hub.hpp"

namespace costage::realtime {
namespace {

using boost::asio::awaitable;
using http::TestWebSocket;
namespace json = boost::json;

class SlowReader : public WithHub<api_v1::TestWorld> {
 protected:
  SlowReader() : WithHub({.queue_soft = 10'000, .queue_hard = 1024 * 1024}) {}

  // A viewer of the chat who got the snapshot, and its position.
  awaitable<std::int64_t> watch(TestWebSocket& socket) {
    const auto made = co_await ask("POST", "/v1/rooms", R"({"title":"P"})", as("hanna"));
    room_ = made.text("roomId");
    co_await socket.open(port_, "/v1/realtime?access_token=" + token("victor"));
    co_await socket.send(R"({"id":"s","type":"subscribe","topic":"chat/)" + room_ + "\"}");
    json::object message = co_await receive(socket);
    while (message.at("type") != "snapshot") message = co_await receive(socket);
    epoch_ = message.at("epoch").as_string();
    co_return message.at("seq").to_number<std::int64_t>();
  }
  // Many, each as large as one may be; the last has the history's last number.
  awaitable<void> fill_chat(int messages) {
    const std::string text(kLongest, 'x');
    for (int i = 0; i < messages; ++i) {
      const std::string user = "writer-" + std::to_string(i);
      const std::string body = json::serialize(json::object{{"text", std::to_string(i) + text}});
      const auto said = co_await ask("POST", "/v1/rooms/" + room_ + "/chat/messages", body, as(user));
      EXPECT_EQ(said.status, 201u) << said.raw.body;
    }
  }

  static constexpr std::size_t kLongest = 400;
  std::string room_, epoch_;
};

// Events come one after another from the snapshot's on, with one or more `resumed` where the server began anew.
TEST_F(SlowReader, MissesNothingInTheEnd) {
  run([&]() -> awaitable<void> {
    constexpr int kMessages = 900;
    TestWebSocket socket{loop_};
    std::int64_t seq = co_await watch(socket);
    co_await fill_chat(kMessages);
    const std::int64_t last = seq + kMessages;
    int resumed = 0;
    while (seq < last) {
      const auto message = co_await receive(socket);
      if (message.at("type") == "closed") break;
      if (message.at("type") == "resumed") {
        ++resumed;
        EXPECT_FALSE(message.contains("id"));
        EXPECT_EQ(message.at("epoch"), json::string_view{epoch_});
      }
      if (message.at("type") != "event") continue;
      EXPECT_EQ(message.at("event").at("seq").to_number<std::int64_t>(), ++seq);
    }
    EXPECT_EQ(seq, last);
    EXPECT_GT(resumed, 0) << "the test filled nothing";
  });
}

}  // namespace
}  // namespace costage::realtime
