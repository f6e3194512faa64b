// LiveKit access tokens (JWT, HS256) of the load generator's participants.
#pragma once

#include <string>

#include "base/bytes.hpp"

namespace costage::bench {

struct ApiKey {
  std::string key;
  std::string secret;
};

// Without padding.
[[nodiscard]] std::string base64url(Bytes bytes);

// `video` is the grant as JSON: {"roomJoin":true,"room":"r"}. Valid for an hour.
[[nodiscard]] std::string make_token(const ApiKey& api, const std::string& identity, const std::string& video);

}  // namespace costage::bench
