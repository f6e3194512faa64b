// Where the program's own files lie: in the checkout it was built in (build/<preset>/costage), or below /usr/share.
#pragma once

#include <filesystem>

namespace costage::config {

struct InstalledFiles {
  std::filesystem::path web;   // the studio, with its index.html; empty: not found
  std::filesystem::path api;   // openapi.yaml and realtime.yaml; empty: not found
  std::filesystem::path docs;  // guides, reference and stories, with their index.html; empty: not built
};

[[nodiscard]] InstalledFiles find_installed_files(const std::filesystem::path& program);

}  // namespace costage::config
