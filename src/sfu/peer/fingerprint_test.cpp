#include "sfu/peer/fingerprint.hpp"

#include <gtest/gtest.h>

#include "sfu/peer/certificate.hpp"

namespace costage::sfu {
namespace {

TEST(Fingerprint, ReadsWhatItWrites) {
  const Fingerprint original{"sha-256", Buffer(32, 0xa5)};
  EXPECT_EQ(parse_fingerprint(to_text(original)), original);
}

TEST(Fingerprint, ReadsAnyCase) {
  const std::string text = to_text({"sha-384", Buffer(48, 0xcd)});
  std::string lower = text;
  for (char& c : lower) c = static_cast<char>(std::tolower(c));
  EXPECT_EQ(parse_fingerprint("SHA-384" + lower.substr(7)), parse_fingerprint(text));
}

TEST(Fingerprint, RefusesWeakHashesWrongLengthsAndOddText) {
  const std::string good = to_text({"sha-256", Buffer(32, 1)});
  EXPECT_TRUE(parse_fingerprint(good));
  EXPECT_FALSE(parse_fingerprint(""));
  EXPECT_FALSE(parse_fingerprint("sha-256"));
  EXPECT_FALSE(parse_fingerprint("sha-1 " + good.substr(8, 59)));
  EXPECT_FALSE(parse_fingerprint(good + ":01"));
  EXPECT_FALSE(parse_fingerprint(good.substr(0, good.size() - 3)));
  EXPECT_FALSE(parse_fingerprint("sha-256 " + std::string(95, 'x')));
}

TEST(Certificate, HasItsOwnFingerprint) {
  const Certificate one;
  const Certificate other;
  EXPECT_TRUE(parse_fingerprint(one.fingerprint()));
  EXPECT_NE(one.fingerprint(), other.fingerprint());
}

}  // namespace
}  // namespace costage::sfu
