#include "adapters/config/installed_files.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace costage::config {
namespace {

namespace fs = std::filesystem;

TEST(InstalledFiles, AreFoundInTheCheckoutOfTheProgram) {
  std::string name = (fs::temp_directory_path() / "costage-installed-XXXXXX").string();
  const fs::path root = fs::canonical(mkdtemp(name.data()));
  const fs::path web = root / "web" / "apps" / "studio" / "dist";
  fs::create_directories(web);
  fs::create_directories(root / "build" / "release");
  const fs::path program = root / "build" / "release" / "costage";
  EXPECT_NE(find_installed_files(program).web, web) << "a folder without index.html is no studio";
  std::ofstream{web / "index.html"} << "studio";
  EXPECT_EQ(find_installed_files(program).web, web);
  const fs::path docs = root / "build" / "docs";
  fs::create_directories(docs);
  std::ofstream{docs / "index.html"} << "guides";
  EXPECT_EQ(find_installed_files(program).docs, docs);
  fs::remove_all(root);
}

}  // namespace
}  // namespace costage::config
