#include "adapters/auth/token.hpp"

#include <jwt.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <memory>
#include <optional>

#include "adapters/base64/base64.hpp"
#include "adapters/json/texts.hpp"

namespace costage::auth {
namespace {

using Jwt = std::unique_ptr<jwt_t, decltype(&jwt_free)>;
using CString = std::unique_ptr<char, decltype(&std::free)>;

// Without a secret libjwt only decodes: the way to learn `iss` before the signature can be checked.
Jwt decode(const std::string& token, const Secret* secret) {
  jwt_t* raw = nullptr;
  const auto* key = secret ? reinterpret_cast<const unsigned char*>(secret->reveal().data()) : nullptr;
  const int length = secret ? static_cast<int>(secret->reveal().size()) : 0;
  if (jwt_decode(&raw, token.c_str(), key, length) != 0) raw = nullptr;
  return {raw, &jwt_free};
}

// Read by us: of an algorithm that it does not know, libjwt only says that the token is bad.
std::optional<TokenError> check_algorithm(std::string_view token) {
  const auto header = base64_decoded(std::string{token.substr(0, token.find('.'))});
  boost::system::error_code error;
  const auto value = boost::json::parse(header.value_or(""), error);
  const auto* algorithm = !error && value.is_object() ? value.get_object().if_contains("alg") : nullptr;
  if (!algorithm || !algorithm->is_string()) return TokenError::malformed;
  if (algorithm->get_string() != "HS256") return TokenError::wrong_algorithm;
  return {};
}

std::optional<boost::json::value> claims_of(jwt_t* jwt) {
  const CString text{jwt_get_grants_json(jwt, nullptr), &std::free};
  if (!text) return {};
  boost::system::error_code error;
  boost::json::value value = boost::json::parse(text.get(), error);
  if (error || !value.is_object()) return {};
  return value;
}

// RFC 7519 section 2, NumericDate: seconds, possibly with a fraction.
std::optional<WallTime> numeric_date(const boost::json::value& value) {
  constexpr double kFarthest = 1e11;  // the year 5138; keeps the conversion defined
  if (!value.is_number()) return {};
  const double seconds = value.to_number<double>();
  if (!(seconds >= 0 && seconds <= kFarthest)) return {};
  return from_unix_ms(static_cast<std::int64_t>(seconds * 1000));
}

std::optional<TokenError> check_times(const boost::json::object& claims, WallTime now) {
  const auto* exp = claims.if_contains("exp");
  if (!exp) return TokenError::no_expiry;
  const auto expires = numeric_date(*exp);
  if (!expires) return TokenError::malformed;
  if (now >= *expires + kLeeway) return TokenError::expired;
  if (const auto* nbf = claims.if_contains("nbf")) {
    const auto begins = numeric_date(*nbf);
    if (!begins) return TokenError::malformed;
    if (now + kLeeway < *begins) return TokenError::not_yet_valid;
  }
  return {};
}

// libjwt would read to the first NUL only.
bool is_token_text(std::string_view token) {
  return token.size() <= kMaxToken && token.find('\0') == std::string_view::npos;
}

}  // namespace

std::string_view sentence(TokenError error) {
  switch (error) {
    case TokenError::missing:
      return "The request carries no access token.";
    case TokenError::malformed:
      return "The access token is not a well-formed JSON Web Token.";
    case TokenError::bad_subject:
      return "The access token's subject (sub) is no user id: blank, too long, or with characters that cannot be seen.";
    case TokenError::bad_text:
      return "A claim of the access token holds control characters or is not valid text.";
    case TokenError::wrong_algorithm:
      return "The access token is not signed with HS256.";
    case TokenError::unknown_key:
      return "The access token's issuer (iss) is not an API key of this server.";
    case TokenError::bad_signature:
      return "The access token's signature does not match its API key's secret.";
    case TokenError::no_expiry:
      return "The access token has no expiry (exp).";
    case TokenError::expired:
      return "The access token has expired.";
    case TokenError::not_yet_valid:
      return "The access token is not valid yet (nbf).";
    case TokenError::wrong_kind:
      return "This is a media token; a user token is needed here.";
  }
  return "";
}

Result<boost::json::object, TokenError> verify(std::string_view token, const Keys& keys, WallTime now) {
  if (token.empty()) return fail(TokenError::missing);
  if (!is_token_text(token)) return fail(TokenError::malformed);
  if (const auto error = check_algorithm(token)) return fail(*error);
  const std::string text{token};
  const Jwt unverified = decode(text, nullptr);
  if (!unverified) return fail(TokenError::malformed);
  const char* issuer = jwt_get_grant(unverified.get(), "iss");
  const auto key = issuer ? keys.find(std::string_view{issuer}) : keys.end();
  if (key == keys.end()) return fail(TokenError::unknown_key);

  const Jwt verified = decode(text, &key->second);
  if (!verified || jwt_get_alg(verified.get()) != JWT_ALG_HS256) return fail(TokenError::bad_signature);
  auto claims = claims_of(verified.get());
  if (!claims) return fail(TokenError::malformed);
  if (json_text::find_bad(*claims)) return fail(TokenError::bad_text);
  if (const auto error = check_times(claims->get_object(), now)) return fail(*error);
  return std::move(claims->get_object());
}

std::optional<std::string> sign(boost::json::object claims, const std::string& key_id, const Secret& secret) {
  claims["iss"] = key_id;
  jwt_t* raw = nullptr;
  if (jwt_new(&raw) != 0) return {};
  const Jwt jwt{raw, &jwt_free};
  const auto* key = reinterpret_cast<const unsigned char*>(secret.reveal().data());
  if (jwt_add_grants_json(raw, boost::json::serialize(claims).c_str()) != 0 ||
      jwt_set_alg(raw, JWT_ALG_HS256, key, static_cast<int>(secret.reveal().size())) != 0)
    return {};
  const CString text{jwt_encode_str(raw), &std::free};
  if (!text) return {};
  return text.get();
}

}  // namespace costage::auth
