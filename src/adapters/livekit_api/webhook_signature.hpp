// What proves who sent a webhook of LiveKit's: a token whose claim `sha256` is the digest of the body.
#pragma once

#include <string>
#include <string_view>

#include "adapters/auth/token.hpp"

namespace costage::livekit_api {

// The value of the Authorization header for this body, good for 5 minutes.
[[nodiscard]] std::string webhook_signature(const std::string& body, const std::string& key_id, const Secret& secret,
                                            WallTime now);

enum class Signed { yes, by_nobody_known, another_body };

// Whether one of these keys vouches for the body, as `authorization` says; "Bearer" may stand before it.
[[nodiscard]] Signed is_signed(const std::string& body, std::string_view authorization, const auth::Keys& keys,
                               WallTime now);

}  // namespace costage::livekit_api
