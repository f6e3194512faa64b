// costage import: what it is told by its arguments and the environment.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "adapters/config/config.hpp"

namespace costage::config {

struct ImportCommand {
  std::string data;  // folder of the embedded database
  Secret database;   // URL of the PostgreSQL database that gets it
};

// `arguments` without the program's name and "import". The error is one sentence.
Result<std::variant<ImportCommand, Print>, std::string> load_import(std::vector<std::string> arguments,
                                                                    const Environment& environment);

}  // namespace costage::config
