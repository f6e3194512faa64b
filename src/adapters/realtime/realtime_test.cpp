#include <gmock/gmock.h>

#include "adapters/realtime/testing/with_hub.hpp"

namespace costage::realtime {
namespace {

using boost::asio::awaitable;
using http::TestWebSocket;
namespace json = boost::json;

class RealtimeTest : public WithHub<api_v1::TestWorld> {
 protected:
  awaitable<void> connect(TestWebSocket& socket, std::string user) {
    const std::string target = "/v1/realtime?access_token=" + token(user);
    EXPECT_EQ(co_await socket.open(port_, target), 101u);
    const auto hello = co_await next(socket);
    EXPECT_EQ(hello.at("type"), "welcome");
    EXPECT_EQ(hello.at("userId"), json::string_view{user});
  }
  // The data of the next of this kind.
  awaitable<json::object> ephemeral(TestWebSocket& socket, std::string kind) {
    while (true) {
      json::object message = co_await receive(socket);
      if (message.at("type") == "closed") co_return message;
      if (message.at("type") != "ephemeral") continue;
      if (message.at("kind") == json::string_view{kind}) co_return message.at("data").as_object();
    }
  }
  awaitable<std::string> new_room() {
    const auto room =
        co_await ask("POST", "/v1/rooms", R"({"title":"P","policies":{"inviteWatchersOnly":false}})", as("hanna"));
    co_return room.text("roomId");
  }
  static std::string subscribe_to(const std::string& topic) {
    return R"({"id":"s","type":"subscribe","topic":")" + topic + "\"}";
  }
  static std::string resume(const std::string& topic, const std::string& epoch, std::int64_t seq) {
    return json::serialize(json::object{
        {"id", "s"}, {"type", "subscribe"}, {"topic", topic}, {"since", json::object{{"epoch", epoch}, {"seq", seq}}}});
  }
};

TEST_F(RealtimeTest, SnapshotThenNumberedEvents) {
  run([&]() -> awaitable<void> {
    const auto host = as("hanna");
    const std::string room = co_await new_room();
    TestWebSocket socket{loop_};
    co_await connect(socket, "hanna");
    co_await socket.send(subscribe_to("room/" + room));
    const auto snapshot = co_await next(socket);
    EXPECT_EQ(snapshot.at("type"), "snapshot");
    EXPECT_EQ(snapshot.at("id"), "s");
    EXPECT_EQ(snapshot.at("seq"), 1);
    EXPECT_EQ(snapshot.at("state").at("me").at("role"), "host");
    EXPECT_EQ(snapshot.at("state").at("room").at("title"), "P");
    co_await ask("PATCH", "/v1/rooms/" + room, R"({"title":"Q"})", host);
    const auto event = co_await next(socket);
    EXPECT_EQ(event.at("epoch"), snapshot.at("epoch"));
    EXPECT_EQ(event.at("event").at("seq"), 2);
    EXPECT_EQ(event.at("event").at("type"), "room.updated");
    EXPECT_EQ(event.at("event").at("data").at("room").at("title"), "Q");
  });
}

// S-031: a request is between the person and the host; each who waits hears where they stand.
TEST_F(RealtimeTest, WhoWaitsHearsTheirPlaceAndTheHostWhoIsReady) {
  run([&]() -> awaitable<void> {
    const std::string room = co_await new_room();
    TestWebSocket host{loop_}, victor{loop_}, vera{loop_};
    for (auto* one : {&host, &victor, &vera}) {
      co_await connect(*one, one == &host ? "hanna" : one == &victor ? "victor" : "vera");
      co_await one->send(subscribe_to("room/" + room));
      co_await next(*one);
    }
    for (const char* user : {"vera", "victor"}) {
      co_await ask("POST", "/v1/rooms/" + room + "/requests", R"({"comment":"me"})", as(user));
      clock_.time += std::chrono::milliseconds{1};
    }
    const auto place = co_await ephemeral(victor, "place");
    EXPECT_EQ(place.at("place"), 2);
    EXPECT_EQ(place.at("waiting"), 2);
    const auto mine = co_await ask("GET", "/v1/rooms/" + room + "/request", "", as("vera"));
    co_await ask("POST", "/v1/requests/" + mine.text("requestId") + "/decline", "", as("hanna"));
    EXPECT_EQ((co_await ephemeral(victor, "place")).at("place"), 1);
    co_await victor.send(R"({"type":"report","topic":"room/)" + room + R"(","camera":"ready","connection":"poor"})");
    const auto readiness = co_await ephemeral(host, "readiness");
    EXPECT_EQ(readiness.at("userId"), "victor");
    EXPECT_EQ(readiness.at("connection"), "poor");
    co_await host.send(subscribe_to("room/" + room));
    json::object snapshot;
    while (!snapshot.contains("state")) snapshot = co_await next(host);
    EXPECT_EQ(snapshot.at("state").at("requests").as_array().size(), 1u);
    EXPECT_EQ(snapshot.at("state").at("readiness").as_array().at(0).at("camera"), "ready");
  });
}

// S-021, S-040: the invitee hears of it at once, others only that something happened.
TEST_F(RealtimeTest, PrivateEventsKeepTheirNumber) {
  run([&]() -> awaitable<void> {
    const auto host = as("hanna"), guest = as("victor");
    co_await ask("GET", "/v1/me", "", guest);
    const std::string room = co_await new_room();
    TestWebSocket invitee{loop_}, other{loop_};
    co_await connect(invitee, "victor");
    co_await connect(other, "vera");
    co_await invitee.send(subscribe_to("me"));
    const auto me = co_await next(invitee);
    EXPECT_TRUE(me.at("state").at("invitations").as_array().empty());
    co_await other.send(subscribe_to("room/" + room));
    co_await next(other);
    const auto made = co_await ask("POST", "/v1/rooms/" + room + "/invitations", R"({"userId":"victor"})", host);
    EXPECT_EQ(made.status, 201u) << made.raw.body;
    const auto heard = co_await next(invitee);
    EXPECT_EQ(heard.at("topic"), "me");
    EXPECT_EQ(heard.at("event").at("type"), "invitation.created");
    EXPECT_EQ(heard.at("event").at("data").at("invitation").at("inviterName"), "Hanna");
    const auto hidden = co_await next(other);
    EXPECT_EQ(hidden.at("event").at("type"), "private");
    EXPECT_EQ(hidden.at("event").at("seq"), 2);
    EXPECT_FALSE(hidden.at("event").as_object().contains("data"));
  });
}

TEST_F(RealtimeTest, AReturningClientGetsExactlyWhatItMissed) {
  run([&]() -> awaitable<void> {
    const auto host = as("hanna");
    const std::string room = co_await new_room();
    for (int i = 0; i < 5; ++i)
      co_await ask("PATCH", "/v1/rooms/" + room, "{\"title\":\"T" + std::to_string(i) + "\"}", host);
    const auto page = co_await ask("GET", "/v1/rooms/" + room + "/events", "", host);
    const std::string epoch = page.text("epoch");
    TestWebSocket socket{loop_};
    co_await connect(socket, "victor");
    co_await socket.send(resume("room/" + room, epoch, 2));
    const auto resumed = co_await next(socket);
    EXPECT_EQ(resumed.at("type"), "resumed");
    for (int seq = 3; seq <= 6; ++seq) {
      const auto event = co_await next(socket);
      EXPECT_EQ(event.at("event").at("seq"), seq);
    }
    co_await ask("PATCH", "/v1/rooms/" + room, R"({"title":"now"})", host);
    const auto now = co_await next(socket);
    EXPECT_EQ(now.at("event").at("seq"), 7);
    co_await socket.send(resume("room/" + room, "another", 2));
    const auto resync = co_await next(socket);
    EXPECT_EQ(resync.at("type"), "snapshot");
    EXPECT_EQ(resync.at("resync"), true);
    co_await socket.send(resume("room/" + room, epoch, 99));
    const auto future = co_await next(socket);
    EXPECT_EQ(future.at("resync"), true);
  });
}

// A write storm while clients come and go: nobody sees a gap or anything twice.
TEST_F(RealtimeTest, NoHoleWhileSubscribing) {
  run([&]() -> awaitable<void> {
    const auto admin = as("backend", true);
    const std::string room = co_await new_room();
    bool done = false;
    boost::asio::co_spawn(
        loop_,
        [&]() -> awaitable<void> {
          for (int i = 0; i < 100; ++i)
            co_await ask("PATCH", "/v1/rooms/" + room, "{\"title\":\"T" + std::to_string(i) + "\"}", admin);
          done = true;
        },
        boost::asio::detached);
    TestWebSocket socket{loop_};
    co_await connect(socket, "victor");
    for (int round = 0; round < 5; ++round) {
      co_await socket.send(subscribe_to("room/" + room));
      auto message = co_await next(socket);
      while (message.at("type") != "snapshot") message = co_await next(socket);
      std::int64_t seq = message.at("seq").to_number<std::int64_t>();
      for (int i = 0; i < 10 && seq < 101; ++i) {
        const auto event = co_await next(socket);
        EXPECT_EQ(event.at("event").at("seq").to_number<std::int64_t>(), ++seq);
      }
    }
    while (!done) co_await boost::asio::post(loop_, boost::asio::use_awaitable);
  });
}

TEST_F(RealtimeTest, BadMessagesGetAnErrorAndLoseNothing) {
  run([&]() -> awaitable<void> {
    TestWebSocket socket{loop_};
    co_await connect(socket, "victor");
    co_await socket.send("{");
    const auto bad = co_await next(socket);
    EXPECT_EQ(bad.at("type"), "error");
    EXPECT_EQ(bad.at("code"), "invalid_request");
    co_await socket.send(subscribe_to("room/none"));
    const auto unknown = co_await next(socket);
    EXPECT_EQ(unknown.at("code"), "room_not_found");
    EXPECT_EQ(unknown.at("id"), "s");
    co_await socket.send(R"({"id":5,"type":"ping"})");
    const auto pong = co_await next(socket);
    EXPECT_EQ(pong.at("type"), "pong");
    EXPECT_EQ(pong.at("id"), 5);
  });
}

TEST_F(RealtimeTest, AFloodIsClosed) {
  run([&]() -> awaitable<void> {
    TestWebSocket socket{loop_};
    co_await connect(socket, "victor");
    for (int i = 0; i < 101; ++i) co_await socket.send(R"({"type":"ping"})");
    auto message = co_await next(socket);
    while (message.at("type") == "pong") message = co_await next(socket);
    EXPECT_EQ(message.at("code"), "rate_limited");
    co_await next(socket);
    EXPECT_EQ(socket.code(), 1008u);
  });
}

TEST_F(RealtimeTest, BadTokensAreRefusedBeforeTheUpgrade) {
  run([&]() -> awaitable<void> {
    TestWebSocket socket{loop_};
    EXPECT_EQ(co_await socket.open(port_, "/v1/realtime?access_token=x"), 401u);
  });
}

TEST_F(RealtimeTest, AnExpiredTokenEndsTheConnection) {
  run([&]() -> awaitable<void> {
    TestWebSocket socket{loop_};
    const std::string target = "/v1/realtime?access_token=" + token("victor", false, std::chrono::seconds{-59});
    co_await socket.open(port_, target);
    auto message = co_await next(socket);
    while (message.at("type") != "closed") message = co_await next(socket);
    EXPECT_EQ(socket.code(), 4401u);
  });
}

// Watching begins with the snapshot and ends at once with unsubscribe or a clean close.
TEST_F(RealtimeTest, SubscribersWatch) {
  run([&]() -> awaitable<void> {
    const auto host = as("hanna");
    const std::string room = co_await new_room();
    const std::string watchers = "/v1/rooms/" + room + "/watchers";
    TestWebSocket socket{loop_};
    co_await connect(socket, "victor");
    co_await socket.send(subscribe_to("room/" + room));
    const auto snapshot = co_await next(socket);
    EXPECT_EQ(snapshot.at("state").at("watching"), 1);
    const auto during = co_await ask("GET", watchers, "", host);
    EXPECT_EQ(during.body.at("total"), 1) << during.raw.body;
    co_await socket.send(R"({"id":"u","type":"unsubscribe","topic":"room/)" + room + "\"}");
    const auto ended = co_await next(socket);
    EXPECT_EQ(ended.at("type"), "unsubscribed");
    const auto after = co_await ask("GET", watchers, "", host);
    EXPECT_EQ(after.body.at("total"), 0);
  });
}

TEST_F(RealtimeTest, PresenceIsToldToAll) {
  run([&]() -> awaitable<void> {
    const std::string room = co_await new_room();
    TestWebSocket first{loop_}, second{loop_};
    co_await connect(first, "victor");
    co_await first.send(subscribe_to("room/" + room));
    co_await next(first);
    co_await connect(second, "vera");
    co_await second.send(subscribe_to("room/" + room));
    std::int64_t watching = 0;
    while (watching != 2) {
      const auto message = json::parse(co_await first.receive());
      EXPECT_EQ(message.at("kind"), "presence");
      watching = message.at("data").at("watching").to_number<std::int64_t>();
    }
  });
}

TEST_F(RealtimeTest, RoomsAreTold) {
  run([&]() -> awaitable<void> {
    TestWebSocket socket{loop_};
    co_await connect(socket, "victor");
    co_await socket.send(subscribe_to("rooms"));
    const auto snapshot = co_await next(socket);
    EXPECT_TRUE(snapshot.at("state").at("rooms").as_array().empty());
    const std::string room = co_await new_room();
    const auto event = co_await next(socket);
    EXPECT_EQ(event.at("topic"), "rooms");
    EXPECT_EQ(event.at("event").at("data").at("room").at("roomId"), json::string_view{room});
  });
}

}  // namespace
}  // namespace costage::realtime
