#include "adapters/json/texts.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace costage::json_text {
namespace {

std::string path_in(std::string_view text) {
  const auto bad = find_bad(boost::json::parse(text));
  return bad ? bad->path : "none";
}

TEST(JsonTexts, FindsWhatIsNoTextAtAnyDepth) {
  EXPECT_EQ(path_in(R"({"title":"a","n":1,"x":null,"list":["b\n"]})"), "none");
  EXPECT_EQ(path_in(R"({"title":"a\u0000b"})"), "title");
  EXPECT_EQ(path_in(R"({"policies":{"name":"\u001b"}})"), "policies.name");
  EXPECT_EQ(path_in(R"({"tags":["a","\uffff"]})"), "tags[1]");
  EXPECT_EQ(path_in(R"({"a":[{"b":"\u0007"}]})"), "a[0].b");
  EXPECT_EQ(path_in(R"({"a\u0000":1})"), "a field's name");
  EXPECT_EQ(path_in(R"("\u0000")"), "");
}

TEST(JsonTexts, SaysWhy) {
  EXPECT_EQ(find_bad(boost::json::parse(R"({"title":"a\u0000b"})"))->sentence(),
            "title cannot be used: it holds control characters.");
}

}  // namespace
}  // namespace costage::json_text
