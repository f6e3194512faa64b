#include "adapters/http/target.hpp"

#include <gmock/gmock.h>

namespace costage::http {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(Target, SplitsPathAndQuery) {
  const auto target = parse_target("/v1/rooms/r%2F1?status=live&status=idle&q=a%20b+c&flag");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/v1/rooms/r/1");
  EXPECT_THAT(target->segments, ElementsAre("v1", "rooms", "r/1"));
  EXPECT_THAT(target->query, ElementsAre(Pair("flag", ""), Pair("q", "a b c"), Pair("status", "live")));
  EXPECT_EQ(target->query_list.size(), 4u);
}

TEST(Target, CollapsesLeadingSlashes) {
  EXPECT_THAT(parse_target("//rtc?x=1")->segments, ElementsAre("rtc"));
  EXPECT_EQ(parse_target("///")->path, "/");
  EXPECT_EQ(parse_target("/")->path, "/");
}

TEST(Target, KeepsBase64OfTokens) {
  EXPECT_EQ(parse_target("/rtc?join_request=aB-_%3D%3D&t=e.y==")->query["join_request"], "aB-_==");
  EXPECT_EQ(parse_target("/rtc?t=e.y==")->query["t"], "e.y==");
}

TEST(Target, AcceptsTheAbsoluteForm) {
  EXPECT_EQ(parse_target("http://example.org/healthz")->path, "/healthz");
  EXPECT_EQ(parse_target("HTTPS://example.org")->path, "/");
  EXPECT_EQ(parse_target("http://example.org?x=1")->query["x"], "1");
  EXPECT_EQ(parse_target("http://example.org//rtc")->path, "/rtc");
}

// The second ended the program: an assertion of Boost.URL (found by fuzzing).
TEST(Target, RefusesOtherAbsoluteForms) {
  for (const char* text : {"file:///etc/hostname", "hpp:?", "x:", "http:", "http://", "http:///x", "http://?x"})
    EXPECT_FALSE(parse_target(text)) << text;
}

TEST(Target, RefusesWhatIsNoTarget) {
  for (const char* text : {"", "rtc", "*", "/%", "/%zz", "/a b", "/\x01", "/a%00b"})
    EXPECT_FALSE(parse_target(text)) << text;
}

}  // namespace
}  // namespace costage::http
