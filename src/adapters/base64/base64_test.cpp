#include "adapters/base64/base64.hpp"

#include <gtest/gtest.h>

namespace costage {
namespace {

// RFC 4648 section 10.
TEST(Base64, OfTheStandardsExamples) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

TEST(Base64, IsReadInEitherAlphabetPaddedOrNot) {
  for (const char* text : {"+/9=", "-_9=", "+/9", "-_9"}) EXPECT_EQ(base64_decoded(text), "\xFB\xFF") << text;
  for (const char* text : {"Zg", "Zg==", "Zg="}) EXPECT_EQ(base64_decoded(text), "f") << text;
  EXPECT_FALSE(base64_decoded("Z!=="));
}

TEST(Base64, KeepsAllBytes) {
  std::string bytes;
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(base64_decoded(base64(bytes)), bytes);
    bytes += static_cast<char>(i * 7);
  }
}

}  // namespace
}  // namespace costage
