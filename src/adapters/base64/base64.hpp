// Base64 for URLs (RFC 4648 section 5), padded or not.
#pragma once

#include <optional>
#include <string>

namespace costage::auth {

[[nodiscard]] std::optional<std::string> base64url_decoded(std::string text);

}  // namespace costage::auth
