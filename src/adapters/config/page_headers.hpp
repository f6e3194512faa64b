// The security headers of the studio's pages and of the documentation's.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "adapters/config/config.hpp"

namespace costage::config {

[[nodiscard]] std::vector<std::pair<std::string, std::string>> page_headers(const Config& config);

// Its pages, as its generators write them, have scripts inside, and show each other in frames.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> docs_headers();

}  // namespace costage::config
