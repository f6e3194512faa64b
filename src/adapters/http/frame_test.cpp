#include "adapters/http/frame.hpp"

#include <gtest/gtest.h>

namespace costage::http {
namespace {

using namespace std::string_literals;

std::string header_of(std::size_t length) {
  const Frame frame{std::string(length, 'x'), false};
  EXPECT_EQ(frame.message(), std::string(length, 'x'));
  return std::string{frame.bytes().substr(0, frame.bytes().size() - length)};
}

// RFC 6455 section 5.2: the shortest form of the length.
TEST(Frame, TheLengthHasThreeForms) {
  EXPECT_EQ(header_of(0), "\x81\x00"s);
  EXPECT_EQ(header_of(125), "\x81\x7d"s);
  EXPECT_EQ(header_of(126), "\x81\x7e\x00\x7e"s);
  EXPECT_EQ(header_of(65'535), "\x81\x7e\xff\xff"s);
  EXPECT_EQ(header_of(65'536), "\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"s);
}

TEST(Frame, BinaryHasItsOwnCode) { EXPECT_EQ(Frame::binary("x")->bytes(), "\x82\x01x"s); }

}  // namespace
}  // namespace costage::http
