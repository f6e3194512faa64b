#include "adapters/bus/nats_bus.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>

#include "adapters/bus/testing/certificate.hpp"
#include "adapters/bus/testing/loop.hpp"
#include "adapters/bus/testing/nats_server.hpp"

namespace costage::bus {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using Clock = std::chrono::steady_clock;

struct Node {
  Node(testing::Loop& loop, const NatsSettings& settings) : bus(open_nats(settings, loop.post()).value()) {
    bus->listen("hints", [this](auto bytes) { heard.emplace_back(bytes); });
    bus->on_connected([this] { ++connections; });
  }
  Node(testing::Loop& loop, const std::string& url) : Node(loop, NatsSettings{{Secret{url}}, "test", ""}) {}

  std::vector<std::string> heard;
  int connections = 0;
  std::unique_ptr<NatsBus> bus;  // first to go
};

struct NatsBusTest : ::testing::Test {
  void SetUp() override {
    if (testing::nats_server_path().empty()) GTEST_SKIP() << "nats-server is not installed: ./dev test installs it.";
  }
  [[nodiscard]] bool both_connected(int times) {
    return loop.run_until([&] { return a->connections == times && b->connections == times; });
  }
  void start_both() {
    server.start();
    a.emplace(loop, url);
    b.emplace(loop, url);
    ASSERT_TRUE(both_connected(1));
  }
  // Whatever was said before has been heard, or never will be.
  void expect_heard(Node& from, Node& to, const std::string& last) {
    from.bus->publish("hints", last);
    EXPECT_TRUE(loop.run_until([&] { return !to.heard.empty() && to.heard.back() == last; })) << last;
  }

  testing::Loop loop;
  testing::NatsServer server;
  std::string url = "nats://" + server.host();
  std::optional<Node> a, b;
};

TEST_F(NatsBusTest, TwoHearEachOtherInOrderAndNotThemselves) {
  start_both();
  std::vector<std::string> said;
  for (int i = 0; i < 1'000; ++i) a->bus->publish("hints", said.emplace_back(std::to_string(i)));
  ASSERT_TRUE(loop.run_until([&] { return b->heard.size() == said.size(); }));
  EXPECT_EQ(b->heard, said);
  expect_heard(*b, *a, "from b");
  EXPECT_THAT(a->heard, ::testing::ElementsAre("from b"));
  EXPECT_EQ(a->bus->counts().sent, 1'000u);
  EXPECT_EQ(b->bus->counts().heard, 1'000u);
  EXPECT_EQ(a->bus->counts().dropped + b->bus->counts().lost, 0u);
}

TEST_F(NatsBusTest, KeepsTheOrderAcrossSubjectsAndTellsOnlyWhoListens) {
  server.start();
  a.emplace(loop, url);
  b.emplace(loop, url);
  b->bus->listen("frames.room-1", [&](auto bytes) { b->heard.push_back("frame " + std::string{bytes}); });
  ASSERT_TRUE(both_connected(1));
  a->bus->publish("frames.room-1", "1");
  a->bus->publish("hints", std::string{"\0bytes\n", 7});
  a->bus->publish("others", "not for b");
  a->bus->publish("frames.room-1", "");
  expect_heard(*a, *b, "end");
  EXPECT_THAT(b->heard, ::testing::ElementsAre("frame 1", std::string("\0bytes\n", 7), "frame ", "end"));
}

TEST_F(NatsBusTest, AServerThatIsNotThereYetIsNoError) {
  a.emplace(loop, url);
  b.emplace(loop, url);
  EXPECT_FALSE(a->bus->connected());
  a->bus->publish("hints", "nobody hears this");
  EXPECT_EQ(a->bus->counts().dropped, 1u);
  server.start();
  ASSERT_TRUE(both_connected(1));
  expect_heard(*a, *b, "hello");
  EXPECT_EQ(b->heard.size(), 1u);
}

TEST_F(NatsBusTest, WhileTheServerIsAwayMessagesAreDroppedAtOnceAndNotSentLater) {
  start_both();
  server.kill();
  ASSERT_TRUE(loop.run_until([&] { return !a->bus->connected() && !b->bus->connected(); }));
  const auto begin = Clock::now();
  for (int i = 0; i < 1'000; ++i) a->bus->publish("hints", "late");
  EXPECT_LT(Clock::now() - begin, 200ms);
  EXPECT_EQ(a->bus->counts().dropped, 1'000u);
  server.start();
  ASSERT_TRUE(both_connected(2));
  expect_heard(*a, *b, "new");
  EXPECT_THAT(b->heard, ::testing::ElementsAre("new"));
}

// Messages on their way when the connection breaks are sent or dropped, and none comes back later.
TEST_F(NatsBusTest, AServerKilledWhileManyMessagesAreOnTheirWayIsFoundAgain) {
  start_both();
  for (int round = 2; round < 5; ++round) {
    const BusCounts before = a->bus->counts();
    for (int i = 0; i < 2'000; ++i) a->bus->publish("hints", std::string(1'000, 'x'));
    server.kill();
    ASSERT_TRUE(loop.run_until([&] { return !a->bus->connected() && !b->bus->connected(); }));
    ASSERT_TRUE(loop.run_until([&] {
      const BusCounts now = a->bus->counts();
      return now.sent + now.dropped - before.sent - before.dropped == 2'000;
    }));
    b.emplace(loop, url);  // another one, which has heard nothing yet
    server.start();
    ASSERT_TRUE(loop.run_until([&] { return a->connections == round && b->connections == 1; }));
    expect_heard(*a, *b, "new");
    EXPECT_EQ(b->heard.size(), 1u) << "something old was sent";
  }
}

TEST_F(NatsBusTest, AServerThatHangsIsNoticedAndFoundAgain) {
  start_both();
  server.stop();
  const auto begin = Clock::now();
  EXPECT_TRUE(loop.run_until([&] { return !a->bus->connected() && !b->bus->connected(); }));
  EXPECT_LT(Clock::now() - begin, 6s);
  server.go_on();
  ASSERT_TRUE(both_connected(2));
  b->heard.clear();
  expect_heard(*a, *b, "again");
}

TEST_F(NatsBusTest, PublishReturnsAtOnceWhenAServerThatHangsTakesNothing) {
  start_both();
  server.stop();
  std::chrono::nanoseconds longest{};
  EXPECT_TRUE(loop.run_until([&] {
    const auto begin = Clock::now();
    a->bus->publish("hints", std::string(kMaxMessage, 'x'));
    longest = std::max(longest, std::chrono::nanoseconds{Clock::now() - begin});
    return !a->bus->connected();
  }));
  EXPECT_LT(longest, 200ms);
  EXPECT_GT(a->bus->counts().dropped, 0u);
  server.go_on();
  ASSERT_TRUE(loop.run_until([&] { return a->bus->connected() && b->bus->connected(); }));
  expect_heard(*a, *b, "again");
}

TEST_F(NatsBusTest, TooLargeAMessageIsDroppedAndCounted) {
  start_both();
  a->bus->publish("hints", std::string(kMaxMessage + 1, 'x'));
  EXPECT_EQ(a->bus->counts().dropped, 1u);
  a->bus->publish("hints", std::string(kMaxMessage, 'x'));
  expect_heard(*a, *b, "small");
  EXPECT_EQ(b->heard.size(), 2u);
}

TEST_F(NatsBusTest, WhoIsTooSlowLosesTheOldestAndItIsCounted) {
  server.start();
  testing::Loop slow;  // of b: nobody runs it for a while
  a.emplace(loop, url);
  b.emplace(slow, url);
  ASSERT_TRUE(loop.run_until([&] { return a->bus->connected() && b->bus->connected(); }));
  slow.run_all();
  const std::uint64_t too_many = 5;
  for (std::uint64_t i = 0; i < kMaxWaiting + too_many; ++i) {
    if (i % 1'000 == 0) {
      ASSERT_TRUE(loop.run_until([&] { return a->bus->counts().sent == i; }));
    }
    a->bus->publish("hints", std::to_string(i));
  }
  ASSERT_TRUE(loop.run_until([&] { return b->bus->counts().lost == too_many; }));
  EXPECT_EQ(slow.waiting(), 1u) << "one post for many messages";
  slow.run_all();
  EXPECT_EQ(b->heard.size(), kMaxWaiting);
  EXPECT_EQ(b->heard.front(), std::to_string(too_many));
  EXPECT_EQ(b->heard.back(), std::to_string(kMaxWaiting + too_many - 1));
}

TEST_F(NatsBusTest, NothingIsCalledOrPostedAfterItsEnd) {
  start_both();
  testing::Loop loop_of_c;
  Node c(loop_of_c, url);
  ASSERT_TRUE(loop.run_until([&] { return c.bus->connected() && loop_of_c.waiting() == 1; }));
  a->bus->publish("hints", "x");
  ASSERT_TRUE(loop.run_until([&] { return loop_of_c.waiting() == 2; }));
  c.bus.reset();
  expect_heard(*a, *b, "end");
  EXPECT_EQ(loop_of_c.waiting(), 2u);
  loop_of_c.run_all();
  EXPECT_TRUE(c.heard.empty());
  EXPECT_EQ(c.connections, 0);
}

TEST_F(NatsBusTest, EndsWhateverTheServerDoes) {
  Node{loop, url};  // not there
  start_both();
  server.stop();
  const auto begin = Clock::now();
  a.reset();
  b.reset();
  Node{loop, url};
  EXPECT_LT(Clock::now() - begin, 15s);
  loop.run_all();
}

TEST_F(NatsBusTest, WhoIsRefusedTriesOn) {
  server.start({"--auth", "another"});
  a.emplace(loop, "nats://to%40ken@" + server.host());
  EXPECT_FALSE(loop.run_until([&] { return a->bus->connected(); }, 1s));
  server.kill();
  server.start({"--auth", "to@ken"});
  EXPECT_TRUE(loop.run_until([&] { return a->bus->connected(); }));
}

TEST_F(NatsBusTest, UserAndPassword) {
  server.start({"--user", "node", "--pass", "p:a@ss"});
  a.emplace(loop, "nats://node:p%3Aa%40ss@" + server.host());
  EXPECT_TRUE(loop.run_until([&] { return a->bus->connected(); }));
}

TEST_F(NatsBusTest, TakesAnotherServerOfTheCluster) {
  server.start();
  const std::string nobody = "nats://127.0.0.1:" + std::to_string(costage::testing::free_port());
  a.emplace(loop, NatsSettings{{Secret{nobody}, Secret{url}}, "a", ""});
  EXPECT_TRUE(loop.run_until([&] { return a->bus->connected(); }));
}

TEST_F(NatsBusTest, OverTlsOnlyAServerThatCanBeTrusted) {
  const testing::Certificate right("DNS:localhost"), wrong("DNS:elsewhere.test");
  if (!right.made || !wrong.made) GTEST_SKIP() << "openssl is not installed: no certificates can be made.";
  const std::string tls_url = "tls://localhost:" + std::to_string(server.port());
  const auto connects = [&](const std::string& ca, std::chrono::milliseconds within) {
    const Node node(loop, NatsSettings{{Secret{tls_url}}, "test", ca});
    return loop.run_until([&] { return node.bus->connected(); }, within);
  };
  server.start(right.flags());
  EXPECT_TRUE(connects(right.pem(), 20s));
  EXPECT_FALSE(connects(wrong.pem(), 1s)) << "signed by somebody else";
  EXPECT_FALSE(connects("", 1s)) << "signed by nobody whom the system knows";
  server.kill();
  server.start();
  EXPECT_FALSE(connects(right.pem(), 1s)) << "a server without TLS";
  server.kill();
  server.start(wrong.flags());
  EXPECT_FALSE(connects(wrong.pem(), 1s)) << "a certificate of another host";
}

TEST(NatsSettings, WhatMakesNoSenseIsOneSentence) {
  const auto error_of = [](std::vector<std::string> urls, std::string ca = "") {
    NatsSettings settings{{}, "test", std::move(ca)};
    for (auto& url : urls) settings.urls.emplace_back(std::move(url));
    const auto bus = open_nats(settings, [](auto) {});
    return bus ? "" : bus.error();
  };
  EXPECT_THAT(error_of({}), HasSubstr("No NATS URL is set"));
  for (const char* wrong :
       {"", "nats", "localhost:4222", "http://localhost", "nats://", "nats://host:99999", "nats://host:x",
        "nats://host:4222/path", "nats://host?x=1", "nats://a%22b@host", "nats://:secret@host", "nats://a%3Ab@host"}) {
    EXPECT_THAT(error_of({"nats://127.0.0.1", wrong}), HasSubstr("NATS URL 2 of 2 cannot be read")) << wrong;
  }
  EXPECT_THAT(error_of({"nats://secret@ho st"}), ::testing::Not(HasSubstr("secret")));
  EXPECT_THAT(error_of({"tls://127.0.0.1"}, "/no/such/file"), HasSubstr("/no/such/file cannot be read"));
}

}  // namespace
}  // namespace costage::bus
