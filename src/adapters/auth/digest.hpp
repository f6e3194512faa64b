// SHA-256, as hexadecimal text.
#pragma once

#include <string>
#include <string_view>

namespace costage::auth {

[[nodiscard]] std::string sha256(std::string_view bytes);

}  // namespace costage::auth
