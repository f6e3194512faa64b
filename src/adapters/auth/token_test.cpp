#include "adapters/auth/token.hpp"

#include <gtest/gtest.h>

#include "adapters/auth/user.hpp"

namespace costage::auth {
namespace {

using std::chrono::seconds;

const WallTime kNow = from_unix_ms(1'800'000'000'000);
const Secret kSecret{"a-secret-of-at-least-32-characters"};
const Keys kKeys{{"app", kSecret}, {"other", Secret{"another-secret-of-32-characters!!"}}};

boost::json::object claims_until(seconds from_now) {
  return {{"sub", "ana"}, {"exp", to_unix_ms(kNow + from_now) / 1000}};
}
std::string signed_token(boost::json::object claims, const std::string& key, const Secret& secret) {
  return sign(std::move(claims), key, secret).value();
}
TokenError refusal(const std::string& token) {
  const auto claims = verify(token, kKeys, kNow);
  EXPECT_FALSE(claims.has_value());
  return claims ? TokenError::missing : claims.error();
}

TEST(Token, CarriesItsClaimsUnchanged) {
  auto claims = claims_until(seconds{600});
  claims["video"] = boost::json::object{{"room", "r1"}, {"roomJoin", true}};
  const auto read = verify(signed_token(claims, "app", kSecret), kKeys, kNow);
  ASSERT_TRUE(read.has_value()) << sentence(read.error());
  claims["iss"] = "app";
  EXPECT_EQ(*read, claims);
}

// RFC 7515 appendix A.1 with the key of that example, made by somebody else's program: expired, but well signed.
TEST(Token, ReadsTheExampleOfTheRfc) {
  const std::string token =
      "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVl"
      "fQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  const unsigned char key[] = {3,   35,  53, 75,  43,  15, 165, 188, 131, 126, 6,   101, 119, 123, 166, 143,
                               90,  179, 40, 230, 240, 84, 201, 40,  169, 15,  132, 178, 210, 80,  46,  191,
                               211, 251, 90, 146, 210, 6,  71,  239, 150, 138, 180, 195, 119, 98,  61,  34,
                               61,  46,  33, 114, 5,   46, 79,  8,   192, 205, 154, 245, 103, 208, 128, 163};
  const Keys keys{{"joe", Secret{std::string(reinterpret_cast<const char*>(key), sizeof key)}}};
  EXPECT_TRUE(verify(token, keys, from_unix_ms(1'300'819'379'000)).has_value());
  EXPECT_EQ(verify(token, keys, from_unix_ms(1'300'819'440'000)).error(), TokenError::expired);
}

TEST(Token, ExpiresAfterTheLeeway) {
  EXPECT_TRUE(verify(signed_token(claims_until(seconds{-59}), "app", kSecret), kKeys, kNow).has_value());
  EXPECT_EQ(refusal(signed_token(claims_until(seconds{-60}), "app", kSecret)), TokenError::expired);
}

TEST(Token, NeedsAnExpiry) {
  EXPECT_EQ(refusal(signed_token({{"sub", "ana"}}, "app", kSecret)), TokenError::no_expiry);
  EXPECT_EQ(refusal(signed_token({{"sub", "ana"}, {"exp", "soon"}}, "app", kSecret)), TokenError::malformed);
  EXPECT_EQ(refusal(signed_token({{"sub", "ana"}, {"exp", -5}}, "app", kSecret)), TokenError::malformed);
}

TEST(Token, IsNotValidBeforeItsTime) {
  auto claims = claims_until(seconds{600});
  claims["nbf"] = to_unix_ms(kNow + seconds{61}) / 1000;
  EXPECT_EQ(refusal(signed_token(claims, "app", kSecret)), TokenError::not_yet_valid);
}

TEST(Token, ForeignSignaturesAreRefused) {
  EXPECT_EQ(refusal(signed_token(claims_until(seconds{600}), "nobody", kSecret)), TokenError::unknown_key);
  EXPECT_EQ(refusal(signed_token(claims_until(seconds{600}), "other", kSecret)), TokenError::bad_signature);
  std::string token = signed_token(claims_until(seconds{600}), "app", kSecret);
  token[token.size() - 10] = token[token.size() - 10] == 'A' ? 'B' : 'A';
  EXPECT_EQ(refusal(token), TokenError::bad_signature);
}

// The well-known holes of JWT libraries: no signature at all, and another algorithm over the same key.
TEST(Token, OnlyHs256IsAccepted) {
  const std::string claims = "eyJpc3MiOiJhcHAiLCJzdWIiOiJhbmEiLCJleHAiOjE5MDAwMDAwMDB9";
  EXPECT_EQ(refusal("eyJhbGciOiJub25lIn0." + claims + "."), TokenError::wrong_algorithm);
  EXPECT_EQ(refusal("eyJhbGciOiJOT05FIn0." + claims + "."), TokenError::wrong_algorithm);
  EXPECT_EQ(refusal("eyJhbGciOiJIUzUxMiJ9." + claims + ".c2ln"), TokenError::wrong_algorithm);
  EXPECT_EQ(refusal("eyJhbGciOiJFZERTQSJ9." + claims + ".c2ln"), TokenError::wrong_algorithm) << "EdDSA";
}

TEST(Token, GarbageIsMalformed) {
  EXPECT_EQ(refusal(""), TokenError::missing);
  for (const std::string text : {"x", "..", "a.b.c", "....", "eyJhbGciOiJIUzI1NiJ9.e30"})
    EXPECT_EQ(refusal(text), TokenError::malformed) << text;
  EXPECT_EQ(refusal(std::string(kMaxToken + 1, 'a')), TokenError::malformed);
  EXPECT_EQ(refusal(signed_token(claims_until(seconds{600}), "app", kSecret) + '\0' + "x"), TokenError::malformed);
}

// What a claim holds is never a reason to stop: the program once ended over "v\0".
TEST(Token, TextsThatAreNoneAreRefusedWhereverTheyStand) {
  EXPECT_FALSE(sign({{"name", std::string("v\0", 2)}, {"exp", 1}}, "app", kSecret).has_value());
  auto claims = claims_until(seconds{600});
  claims["attributes"] = boost::json::object{{"key", "\x1b[2J"}};
  EXPECT_EQ(refusal(signed_token(claims, "app", kSecret)), TokenError::bad_text);
}

TEST(UserToken, NamesTheUser) {
  const User ana{"ana", "Ana", false, kNow + seconds{60}};
  const auto user = verify_user(*sign_user(ana, "app", kSecret), kKeys, kNow);
  ASSERT_TRUE(user.has_value());
  EXPECT_EQ(user->id, "ana");
  EXPECT_EQ(user->name, "Ana");
  EXPECT_FALSE(user->admin);
  EXPECT_EQ(user->expires, kNow + seconds{60});
  const auto server = verify_user(*sign_user({"srv", "", true, kNow + seconds{60}}, "app", kSecret), kKeys, kNow);
  ASSERT_TRUE(server.has_value());
  EXPECT_TRUE(server->admin);
  EXPECT_EQ(server->name, "srv");
}

TEST(UserToken, NamesAreLimitedByCharacters) {
  std::string name;
  for (int i = 0; i < 100; ++i) name += "日";
  const User yuki{"yuki", name, false, kNow + seconds{60}};
  EXPECT_TRUE(verify_user(*sign_user(yuki, "app", kSecret), kKeys, kNow).has_value());
  const User longer{"yuki", name + "a", false, kNow + seconds{60}};
  EXPECT_EQ(verify_user(*sign_user(longer, "app", kSecret), kKeys, kNow).error(), TokenError::malformed);
}

TEST(UserToken, RefusesWrongClaimsAndMediaTokens) {
  const auto error_of = [](boost::json::object extra) {
    auto claims = claims_until(seconds{600});
    for (const auto& [name, value] : extra) claims[name] = value;
    return verify_user(signed_token(claims, "app", kSecret), kKeys, kNow).error();
  };
  for (const char* id : {"", "   ", "a\nb", "ann\u202Exe", " ann"})
    EXPECT_EQ(error_of({{"sub", id}}), TokenError::bad_subject) << id;
  EXPECT_EQ(error_of({{"sub", 7}}), TokenError::malformed);
  EXPECT_EQ(error_of({{"sub", std::string(129, 'a')}}), TokenError::bad_subject);
  EXPECT_EQ(error_of({{"admin", "true"}}), TokenError::malformed);
  EXPECT_EQ(error_of({{"name", 1}}), TokenError::malformed);
  EXPECT_EQ(error_of({{"video", boost::json::object{}}}), TokenError::wrong_kind);
}

}  // namespace
}  // namespace costage::auth
