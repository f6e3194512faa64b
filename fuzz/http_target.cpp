// Whatever is asked for, only what the folder holds is given: nothing outside, nothing hidden, nothing through a link.
#include <cstdlib>
#include <fstream>
#include <set>

#include "adapters/http/static_files.hpp"
#include "adapters/http/target.hpp"
#include "base/bytes.hpp"
#include "base/check.hpp"

using namespace costage;
namespace fs = std::filesystem;

namespace {

const std::set<std::string> kPublic{"the page", "a script", "the script, zipped", "a page below"};

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream{path} << text;
}

http::StaticFiles make_site() {
  std::string name = (fs::temp_directory_path() / "costage-fuzz-XXXXXX").string();
  const fs::path root = mkdtemp(name.data());
  write(root / "outside.txt", "private");
  write(root / "site/index.html", "the page");
  write(root / "site/assets/app.js", "a script");
  write(root / "site/assets/app.js.gz", "the script, zipped");
  write(root / "site/docs/index.html", "a page below");
  write(root / "site/.secret", "private");
  write(root / "site/.git/config", "private");
  fs::create_symlink(root / "outside.txt", root / "site/link.txt");
  fs::create_directory_symlink(root, root / "site/folder");
  auto files = http::StaticFiles::load(root / "site");
  COSTAGE_CHECK(files.has_value(), "a folder of our own can be read");
  fs::remove_all(root);  // what is served is what was read
  return std::move(*files);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const http::StaticFiles site = make_site();
  const auto target = http::parse_target(as_text(Bytes(data, size)));
  if (!target) return 0;
  COSTAGE_CHECK(target->path.starts_with('/'), "a path begins with a slash");
  COSTAGE_CHECK(target->path.find('\0') == std::string::npos, "no NUL in a path");
  const http::Response response = site.get(target->segments, "gzip", "");
  COSTAGE_CHECK(response.status == 200 || response.status == 404, "a file, or none");
  COSTAGE_CHECK(response.status == 404 ? response.body.empty() : kPublic.contains(response.body),
                "only what is public is given");
  return 0;
}
