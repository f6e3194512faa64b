// Base64 (RFC 4648).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace costage {

// With padding.
[[nodiscard]] std::string base64(std::string_view bytes);
// In either alphabet (sections 4 and 5), padded or not.
[[nodiscard]] std::optional<std::string> base64_decoded(std::string text);

}  // namespace costage
