#include "adapters/livekit_api/webhook_signature.hpp"

#include <gtest/gtest.h>

namespace costage::livekit_api {
namespace {

using namespace std::chrono_literals;

constexpr WallTime kNow{1'700'000'000'000ms};
const auth::Keys kKeys{{"key", Secret{"secret"}}};

TEST(WebhookSignature, CarriesTheBodysDigest) {
  const auto claims = auth::verify(webhook_signature("abc", "key", kKeys.at("key"), kNow), kKeys, kNow);
  ASSERT_TRUE(claims);
  // FIPS 180-2, appendix B.1, in base64
  EXPECT_EQ(claims->at("iat"), 1'700'000'000);
  EXPECT_EQ(claims->at("sha256"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}

TEST(WebhookSignature, VouchesForThatBodyAloneAndForAWhile) {
  const std::string signature = webhook_signature("abc", "key", kKeys.at("key"), kNow);
  EXPECT_EQ(is_signed("abc", signature, kKeys, kNow), Signed::yes);
  EXPECT_EQ(is_signed("abc", "Bearer " + signature, kKeys, kNow), Signed::yes);
  EXPECT_EQ(is_signed("abd", signature, kKeys, kNow), Signed::another_body);
  EXPECT_EQ(is_signed("abc", signature, kKeys, kNow + 7min), Signed::by_nobody_known);
  EXPECT_EQ(is_signed("abc", "", kKeys, kNow), Signed::by_nobody_known);
  EXPECT_EQ(is_signed("abc", webhook_signature("abc", "key", Secret{"other"}, kNow), kKeys, kNow),
            Signed::by_nobody_known);
  const auto without = auth::sign({{"exp", 1'700'000'100}}, "key", kKeys.at("key"));
  EXPECT_EQ(is_signed("abc", *without, kKeys, kNow), Signed::another_body);
}

}  // namespace
}  // namespace costage::livekit_api
