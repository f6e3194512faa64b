// How the program logs: one JSON object a line for machines, plain lines with --dev. Never on the packet path.
#pragma once

#include "adapters/config/config.hpp"

namespace costage::config {

// Sets up spdlog's default logger, to stderr.
void start_logging(const Config& config);

}  // namespace costage::config
