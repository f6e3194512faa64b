// What is read is text, agrees with itself, and says the same when it is written and read again. Whatever is asked for,
// only what the folder holds is given: nothing outside, nothing hidden, nothing through a link.
#include <cstdlib>
#include <fstream>
#include <set>

#include "adapters/http/static_files.hpp"
#include "adapters/http/target.hpp"
#include "base/bytes.hpp"
#include "base/check.hpp"
#include "base/text.hpp"

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

std::string percent(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += '%';
    out += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
    out += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

void check_itself(const http::Target& target) {
  std::string path;
  for (const std::string& segment : target.segments) {
    COSTAGE_CHECK(!bad_text(segment), "a segment is text");
    path += '/' + segment;
  }
  COSTAGE_CHECK(target.path == (path.empty() ? "/" : path), "the path is its segments");
  std::map<std::string, std::string, std::less<>> first;
  for (const auto& [name, value] : target.query_list) {
    COSTAGE_CHECK(!bad_text(name) && !bad_text(value), "the query is text");
    first.emplace(name, value);
  }
  COSTAGE_CHECK(target.query == first, "the first value of a name counts");
}

void read_again(const http::Target& target) {
  std::string text = target.segments.empty() ? "/" : "";
  // Boost.URL's way to write a path that begins with an empty segment.
  if (!target.segments.empty() && target.segments[0].empty()) text = "/.";
  for (const std::string& segment : target.segments) text += '/' + percent(segment);
  char separator = '?';
  for (const auto& [name, value] : target.query_list) {
    text += separator + percent(name) + '=' + percent(value);
    separator = '&';
  }
  const auto again = http::parse_target(text);
  COSTAGE_CHECK(again && again->segments == target.segments && again->query_list == target.query_list,
                "a written target is read");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const http::StaticFiles site = make_site();
  const auto target = http::parse_target(as_text(Bytes(data, size)));
  if (!target) return 0;
  check_itself(*target);
  read_again(*target);
  const http::Response response = site.get(target->segments, "gzip", "");
  COSTAGE_CHECK(response.status == 200 || response.status == 404, "a file, or none");
  COSTAGE_CHECK(response.status == 404 ? response.body.empty() : kPublic.contains(response.body),
                "only what is public is given");
  return 0;
}
