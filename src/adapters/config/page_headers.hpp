// The security headers of the studio's pages.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "adapters/config/config.hpp"

namespace costage::config {

[[nodiscard]] std::vector<std::pair<std::string, std::string>> page_headers(const Config& config);

}  // namespace costage::config
