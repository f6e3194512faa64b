// How the program logs to standard error: JSON lines for collectors, plain lines for people with --dev.
#pragma once

#include <string>
#include <string_view>

namespace costage::config {

void set_up_logging(bool for_people, const std::string& level);
// Text as it stands between the quotes of a JSON string.
[[nodiscard]] std::string json_escaped(std::string_view text);

}  // namespace costage::config
