#include "adapters/realtime/client_message.hpp"

#include <gtest/gtest.h>

namespace costage::realtime {
namespace {

TEST(ClientMessage, ReadsEachKind) {
  const auto subscribe = parse(R"({"id":"1","type":"subscribe","topic":"room/r1","since":{"epoch":"e","seq":7}})");
  ASSERT_TRUE(subscribe.has_value());
  EXPECT_EQ(subscribe->id, "1");
  const auto& what = std::get<Subscribe>(subscribe->what);
  EXPECT_EQ(what.topic, Topic{RoomTopic{domain::RoomId{"r1"}}});
  EXPECT_EQ(what.since->epoch, "e");
  EXPECT_EQ(what.since->seq, 7u);
  EXPECT_EQ(std::get<Unsubscribe>(parse(R"({"id":2,"type":"unsubscribe","topic":"me"})")->what).topic,
            Topic{MeTopic{}});
  const auto report = parse(R"({"type":"report","topic":"room/r1","camera":"ready","clientVersion":"8.7.2"})");
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(std::get<Report>(report->what).room, domain::RoomId{"r1"});
  EXPECT_EQ(std::get<Report>(report->what).readiness,
            (domain::Readiness{domain::DeviceReadiness::ready, {}, {}, "8.7.2"}));
  EXPECT_TRUE(std::holds_alternative<Ping>(parse(R"({"type":"ping"})")->what));
}

TEST(ClientMessage, TopicsHaveTheirNames) {
  for (const char* text : {"room/r1", "me", "rooms"}) EXPECT_EQ(name(*topic_from(text)), text);
  for (const char* text : {"", "room/", "room", "you"}) EXPECT_FALSE(topic_from(text)) << text;
}

TEST(ClientMessage, BadOnesSayWhyAndKeepTheirId) {
  EXPECT_EQ(parse(R"({"id":"9","type":"dance"})").error().id, "9");
  for (const char* text :
       {"", "[]", "{", "{}", "null", R"({"id":{},"type":"ping"})", R"({"id":1.5,"type":"ping"})",
        R"({"type":"subscribe"})", R"({"type":"subscribe","topic":7})", R"({"type":"subscribe","topic":"room/"})",
        R"({"type":"subscribe","topic":"me","since":5})", R"({"type":"subscribe","topic":"me","since":{"epoch":"e"}})",
        R"({"type":"subscribe","topic":"me","since":{"epoch":"e","seq":-1}})",
        R"({"type":"subscribe","topic":"me","since":{"epoch":"e","seq":1e300}})", R"({"type":"report","topic":"me"})",
        R"({"type":"report","topic":"room/r","camera":"maybe"})",
        R"({"type":"report","topic":"room/r","microphone":7})",
        R"({"type":"report","topic":"room/r","clientVersion":"new"})", R"({"a":[[[[[[[[[[]]]]]]]]]],"type":"ping"})"}) {
    const auto message = parse(text);
    ASSERT_FALSE(message.has_value()) << text;
    EXPECT_FALSE(message.error().detail.empty());
  }
}

}  // namespace
}  // namespace costage::realtime
