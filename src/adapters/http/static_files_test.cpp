#include "adapters/http/static_files.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace costage::http {
namespace {

namespace fs = std::filesystem;

class StaticFilesTest : public testing::Test {
 protected:
  StaticFilesTest() {
    std::string name = (fs::temp_directory_path() / "costage-files-XXXXXX").string();
    root_ = mkdtemp(name.data());
    write("site/index.html", "<studio>");
    write("site/assets/app-1a2b.js", "script");
    write("site/assets/app-1a2b.js.gz", "zipped");
    write("site/.secret", "private");
    write("outside.txt", "outside");
  }
  ~StaticFilesTest() override { fs::remove_all(root_); }

  void write(const std::string& path, const std::string& text) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream{root_ / path} << text;
  }
  Response get(const std::string& path, std::string_view encoding = "", std::string_view etag = "") {
    return StaticFiles{root_ / "site"}.get(path, encoding, etag);
  }
  static std::string header(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers)
      if (key == name) return value;
    return {};
  }

  fs::path root_;
};

TEST_F(StaticFilesTest, ServesFilesWithTheirType) {
  const auto script = get("/assets/app-1a2b.js");
  EXPECT_EQ(script.body, "script");
  EXPECT_EQ(script.content_type, "text/javascript; charset=utf-8");
  EXPECT_NE(header(script, "Cache-Control").find("immutable"), std::string::npos);
}

TEST_F(StaticFilesTest, PathsOfTheApplicationGiveItsPage) {
  EXPECT_EQ(get("/").body, "<studio>");
  EXPECT_EQ(get("/rooms/r1").body, "<studio>");
  EXPECT_EQ(header(get("/rooms/r1"), "Cache-Control"), "no-cache");
  EXPECT_EQ(get("/assets/missing.js").status, 404u);
}

TEST_F(StaticFilesTest, PrefersThePrecompressedTwin) {
  const auto script = get("/assets/app-1a2b.js", "br, gzip");
  EXPECT_EQ(script.body, "zipped");
  EXPECT_EQ(header(script, "Content-Encoding"), "gzip");
  EXPECT_EQ(script.content_type, "text/javascript; charset=utf-8");
}

TEST_F(StaticFilesTest, KnownEtagSavesTheBody) {
  const std::string etag = header(get("/"), "ETag");
  const auto again = get("/", "", etag);
  EXPECT_EQ(again.status, 304u);
  EXPECT_TRUE(again.body.empty());
}

TEST_F(StaticFilesTest, NothingOutsideAndNothingHidden) {
  for (const char* path : {"/../outside.txt", "/assets/../../outside.txt", "/.secret", "/..", "/a\\..\\outside.txt"})
    EXPECT_EQ(get(path).status, 404u) << path;
}

}  // namespace
}  // namespace costage::http
