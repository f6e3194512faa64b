#include "base/text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace costage {
namespace {

using namespace std::string_view_literals;

TEST(Text, GoodTextsPass) {
  for (const auto text : {""sv, "Ann"sv, "two\nlines\tand a tab\r\n"sv, "Grüße"sv, "日本語"sv,
                          "🎥👩‍👩‍👧"sv, "\u202Eright"sv, "\uFFFD"sv, "\U0010FFFD"sv})
    EXPECT_FALSE(bad_text(text)) << text;
}

TEST(Text, WhatIsNoTextIsNamed) {
  EXPECT_EQ(bad_text("v\0"sv), BadText::control);
  EXPECT_EQ(bad_text("\x1b[31m"sv), BadText::control);
  EXPECT_EQ(bad_text("a\x7f"sv), BadText::control);
  EXPECT_EQ(bad_text("\xC2\x85"sv), BadText::control);           // U+0085
  EXPECT_EQ(bad_text("\xEF\xBF\xBE"sv), BadText::noncharacter);  // U+FFFE
  EXPECT_EQ(bad_text("\xEF\xB7\x90"sv), BadText::noncharacter);  // U+FDD0
  EXPECT_EQ(bad_text("\xF4\x8F\xBF\xBF"sv), BadText::noncharacter);
  EXPECT_EQ(bad_text("abc"sv, 2), BadText::too_long);
}

TEST(Text, CharactersAreCodePoints) {
  EXPECT_EQ(characters(""), 0u);
  EXPECT_EQ(characters("Ann"), 3u);
  EXPECT_EQ(characters("Grüße"), 5u);
  EXPECT_EQ(characters("日本語🎥"), 4u);
}

TEST(Text, NotUtf8) {
  for (const auto bytes : {"\x80"sv, "\xC3"sv, "\xC0\x80"sv, "\xE0\x80\x80"sv, "\xED\xA0\x80"sv, "\xF4\x90\x80\x80"sv,
                           "\xF8\x88\x80\x80\x80"sv, "\xFF"sv, "a\xE2\x82"sv, "\xE2\x28\xA1"sv})
    EXPECT_EQ(bad_text(bytes), BadText::not_utf8);
}

TEST(Text, IdsAreOneLineAndSeen) {
  for (const auto id : {"ann"sv, "ann smith"sv, "a/b:c@d"sv, "日本"sv, "auth0|5f7"sv})
    EXPECT_FALSE(bad_id(id, 128)) << id;
  for (const auto id : {""sv, " "sv, "   "sv, "\u3000"sv, "\u200B"sv}) EXPECT_EQ(bad_id(id, 128), BadText::blank) << id;
  for (const auto id : {" ann"sv, "ann "sv, "ann\u202Exe"sv, "an\u200Bn"sv, "\u2066ann"sv, "ann\uFEFF"sv})
    EXPECT_EQ(bad_id(id, 128), BadText::misleading) << id;
  EXPECT_EQ(bad_id("an\nn"sv, 128), BadText::control);
  EXPECT_EQ(bad_id("ann\0"sv, 128), BadText::control);
  EXPECT_EQ(bad_id("ann", 2), BadText::too_long);
}

TEST(Text, CaseIsIgnoredInAsciiOnly) {
  EXPECT_TRUE(equals_ignoring_case("Chunked", "cHUNKED"));
  EXPECT_TRUE(equals_ignoring_case("", ""));
  EXPECT_FALSE(equals_ignoring_case("chunked", "chunkee"));
  EXPECT_FALSE(equals_ignoring_case("chunked", "chunke"));
  EXPECT_FALSE(equals_ignoring_case("ä", "Ä"));
}

}  // namespace
}  // namespace costage
