// JSON Web Tokens, HS256 only (RFC 7519, RFC 7515): costage's user tokens and LiveKit's tokens alike. `iss` names the
// API key whose secret signed it.
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

namespace costage::auth {

using Keys = std::map<std::string, Secret, std::less<>>;  // API key id -> secret

inline constexpr std::chrono::seconds kLeeway{60};   // how far `exp` and `nbf` may be off our clock
inline constexpr std::size_t kMaxToken = 48 * 1024;  // bytes; below http::Limits::max_header, as it comes in a URL

enum class TokenError {
  missing,
  malformed,        // not a JWT, or a claim of the wrong type
  bad_text,         // a claim that cannot be used as text: control characters, not UTF-8
  bad_subject,      // `sub` is blank, too long, or holds what cannot be seen
  wrong_algorithm,  // anything but HS256, "none" above all
  unknown_key,      // `iss` names no API key of this server
  bad_signature,
  no_expiry,
  expired,
  not_yet_valid,
  wrong_kind,  // a LiveKit token where a user token is asked
};

// One sentence for the developer who sent the token; never holds a part of it.
[[nodiscard]] std::string_view sentence(TokenError error);

// The claims of a token whose signature, `exp` and `nbf` are good. `exp` is required.
[[nodiscard]] Result<boost::json::object, TokenError> verify(std::string_view token, const Keys& keys, WallTime now);

// Signs the claims as they are, plus `iss` = key_id. Callers set `sub`, `exp` and the rest. Empty: a claim cannot be
// written (a NUL in a text), which what comes from outside was checked for where it came in.
[[nodiscard]] std::optional<std::string> sign(boost::json::object claims, const std::string& key_id,
                                              const Secret& secret);

}  // namespace costage::auth
