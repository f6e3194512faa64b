#include "adapters/config/installed_files.hpp"

#include <initializer_list>

namespace costage::config {
namespace {

namespace fs = std::filesystem;

fs::path first_with(std::initializer_list<fs::path> folders, const char* file) {
  std::error_code ignored;
  for (const fs::path& folder : folders)
    if (fs::is_regular_file(folder / file, ignored)) return fs::weakly_canonical(folder, ignored);
  return {};
}

}  // namespace

InstalledFiles find_installed_files(const fs::path& program) {
  const fs::path checkout = program.parent_path() / ".." / "..";
  return {first_with({checkout / "web" / "apps" / "studio" / "dist", "/usr/share/costage/web"}, "index.html"),
          first_with({checkout / "api", "/usr/share/costage/api"}, "openapi.yaml"),
          first_with({checkout / "build" / "docs", "/usr/share/costage/docs"}, "index.html")};
}

}  // namespace costage::config
