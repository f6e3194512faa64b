// The chat over a WebSocket: what everybody hears, what only some do, and what a ban ends.
#include <gmock/gmock.h>

#include "adapters/realtime/testing/with_hub.hpp"

namespace costage::realtime {
namespace {

using boost::asio::awaitable;
using http::TestWebSocket;
namespace json = boost::json;

class ChatRealtime : public WithHub<api_v1::TestWorld> {
 protected:
  awaitable<json::object> connect(TestWebSocket& socket, std::string user, std::string topic) {
    EXPECT_EQ(co_await socket.open(port_, "/v1/realtime?access_token=" + token(user)), 101u);
    co_await next(socket);
    co_return co_await subscribe(socket, topic);
  }
  awaitable<json::object> subscribe(TestWebSocket& socket, std::string topic, std::optional<json::object> since = {}) {
    json::object command{{"id", "s"}, {"type", "subscribe"}, {"topic", topic}};
    if (since) command["since"] = *since;
    co_await socket.send(json::serialize(command));
    co_return co_await next(socket);
  }
  awaitable<void> new_room() {
    const auto made = co_await ask("POST", "/v1/rooms", R"({"title":"P"})", as("hanna"));
    room_ = made.text("roomId");
    for (const char* user : {"victor", "vera"}) co_await ask("GET", "/v1/me", "", as(user));
  }
  awaitable<Answer> say(std::string user, std::string text) {
    const std::string body = json::serialize(json::object{{"text", text}});
    co_return co_await ask("POST", path() + "/chat/messages", body, as(user));
  }
  [[nodiscard]] std::string path() const { return "/v1/rooms/" + room_; }
  [[nodiscard]] std::string chat() const { return "chat/" + room_; }
  [[nodiscard]] std::string react(const char* kind, int count, const char* id = "r") const {
    return json::serialize(
        json::object{{"id", id}, {"type", "react"}, {"topic", chat()}, {"kind", kind}, {"count", count}});
  }
  static json::value text_of(const json::object& message) {
    return message.at("event").at("data").at("message").at("text");
  }

  std::string room_;
};

// N-050: a history of its own, resumed without a hole.
TEST_F(ChatRealtime, SnapshotThenNumberedEventsThenResumed) {
  run([&]() -> awaitable<void> {
    co_await new_room();
    EXPECT_EQ((co_await say("hanna", "Welcome")).status, 201u);
    TestWebSocket viewer{loop_};
    const auto snapshot = co_await connect(viewer, "victor", chat());
    EXPECT_EQ(snapshot.at("topic"), json::string_view{chat()});
    EXPECT_EQ(snapshot.at("seq"), 1);
    EXPECT_EQ(snapshot.at("state").at("messages").as_array().at(0).at("role"), "host");
    co_await say("vera", "Hi");
    const auto event = co_await next(viewer);
    EXPECT_EQ(event.at("event").at("seq"), 2);
    EXPECT_EQ(event.at("event").at("type"), "chat.sent");
    EXPECT_EQ(text_of(event), "Hi");
    const json::object since{{"epoch", snapshot.at("epoch")}, {"seq", 1}};
    const auto resumed = co_await subscribe(viewer, chat(), since);
    EXPECT_EQ(resumed.at("type"), "resumed");
    EXPECT_EQ(text_of(co_await next(viewer)), "Hi");
    const json::object elsewhere{{"epoch", "other"}, {"seq", 1}};
    EXPECT_EQ((co_await subscribe(viewer, chat(), elsewhere)).at("resync"), true);
  });
}

TEST_F(ChatRealtime, WhatIsHeldIsHeardByItsAuthorAndModerators) {
  run([&]() -> awaitable<void> {
    co_await new_room();
    co_await ask("PUT", path() + "/chat/words", R"({"words":[{"text":"clay","action":"hold"}]})", as("hanna"));
    TestWebSocket host{loop_}, author{loop_}, other{loop_};
    co_await connect(host, "hanna", chat());
    co_await connect(author, "victor", chat());
    co_await connect(other, "vera", chat());
    co_await say("victor", "clay");
    EXPECT_EQ((co_await next(host)).at("event").at("type"), "chat.held");
    EXPECT_EQ((co_await next(author)).at("event").at("type"), "chat.held");
    EXPECT_EQ((co_await next(other)).at("event").at("type"), "private");
  });
}

// D13: the page hears why, and nothing more.
TEST_F(ChatRealtime, ABanEndsBothSubscriptions) {
  run([&]() -> awaitable<void> {
    co_await new_room();
    TestWebSocket viewer{loop_};
    co_await connect(viewer, "victor", chat());
    co_await subscribe(viewer, "room/" + room_);
    EXPECT_EQ(app_.watching().count(domain::RoomId{room_}), 1u);
    EXPECT_EQ((co_await ask("POST", path() + "/people/victor/ban", "", as("hanna"))).status, 200u);
    std::set<std::string> ended;
    while (ended.size() < 2) {
      const auto message = co_await next(viewer);
      if (message.at("type") != "unsubscribed") continue;
      EXPECT_EQ(message.at("code"), "banned");
      ended.insert(std::string{message.at("topic").as_string()});
    }
    EXPECT_EQ(app_.watching().count(domain::RoomId{room_}), 0u);
    for (const std::string& topic : {chat(), "room/" + room_}) {
      const auto refused = co_await subscribe(viewer, topic);
      EXPECT_EQ(refused.at("type"), "error");
      EXPECT_EQ(refused.at("code"), "banned");
    }
    EXPECT_EQ((co_await say("victor", "But")).text("code"), "banned");
    EXPECT_EQ((co_await ask("POST", path() + "/viewer", "", as("victor"))).text("code"), "banned");
  });
}

TEST_F(ChatRealtime, ReactionsFloatToEverybodyInTheChat) {
  run([&]() -> awaitable<void> {
    co_await new_room();
    TestWebSocket one{loop_}, stranger{loop_};
    co_await connect(one, "victor", chat());
    co_await connect(stranger, "vera", "room/" + room_);
    co_await one.send(react("heart", 3));
    co_await stranger.send(react("heart", 3));
    co_await one.send(react("kiss", 1, "kind"));
    co_await one.send(react("heart", 21, "count"));
    EXPECT_EQ((co_await next(one)).at("id"), "kind");
    EXPECT_EQ((co_await next(one)).at("id"), "count");
    clock_.time += app::Reactions::kTold;
    app_.on_time();
    while (true) {
      const auto told = co_await next(one, "error");
      if (told.at("kind") != "reactions") continue;
      EXPECT_EQ(told.at("data").at("reactions"), (json::object{{"heart", 3}})) << "of who is in this chat";
      break;
    }
  });
}

}  // namespace
}  // namespace costage::realtime
