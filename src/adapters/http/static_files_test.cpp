#include "adapters/http/static_files.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "adapters/http/target.hpp"

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
  // As a request arrives: percent-encoded.
  Response get(const std::string& path, std::string_view encoding = "", std::string_view etag = "") {
    const auto target = parse_target(path);
    if (!target) return {.status = 400};
    return StaticFiles::load(root_ / "site")->get(target->segments, encoding, etag);
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

TEST_F(StaticFilesTest, ThePageFindsItsFilesUnderAnyPathPrefix) {
  write("site/index.html", R"(<script src="./assets/app.js"><img src="./icon.svg">)");
  EXPECT_EQ(get("/").body, R"(<script src="./assets/app.js"><img src="./icon.svg">)");
  EXPECT_EQ(get("/login").body, R"(<script src="./assets/app.js"><img src="./icon.svg">)");
  EXPECT_EQ(get("/rooms/r1").body, R"(<script src="../assets/app.js"><img src="../icon.svg">)");
  EXPECT_EQ(get("/rooms/r1/").body, R"(<script src="../../assets/app.js"><img src="../../icon.svg">)");
}

TEST_F(StaticFilesTest, APageThatWasChangedForItsAddressIsSentAsItIs) {
  write("site/index.html.br", "zipped page");
  EXPECT_EQ(get("/", "br").body, "zipped page");
  EXPECT_EQ(get("/rooms/r1", "br").body, "<studio>");
  EXPECT_EQ(header(get("/rooms/r1", "br"), "Content-Encoding"), "");
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
  fs::create_symlink(root_ / "outside.txt", root_ / "site/link.txt");
  fs::create_directory_symlink(root_, root_ / "site/folder");
  const std::string absolute = (root_ / "outside.txt").string();
  for (const std::string& path :
       {std::string{"/../outside.txt"}, std::string{"/assets/../../outside.txt"}, std::string{"/.secret"},
        std::string{"/.."}, std::string{"/a%5C..%5Coutside.txt"}, std::string{"/%2e%2e/outside.txt"},
        std::string{"/%2e%2e%2foutside.txt"}, std::string{"/..%2foutside.txt"}, std::string{"/%252e%252e/outside.txt"},
        std::string{"/link.txt"}, std::string{"/folder/outside.txt"}, "/%2f" + absolute.substr(1), "/%2F" + absolute,
        std::string{"/%2fetc/hostname"}, std::string{"/%2fproc/self/environ"}, std::string{"/index.html%00.js"},
        std::string{"/index.html%00"}, '/' + std::string(5000, 'a') + ".txt"}) {
    const unsigned status = get(path).status;
    EXPECT_TRUE(status == 404 || status == 400) << path << " -> " << status;
  }
}

TEST_F(StaticFilesTest, WhatComesAfterTheStartIsNotServed) {
  const auto files = StaticFiles::load(root_ / "site");
  write("site/late.txt", "late");
  EXPECT_EQ(files->get({"late.txt"}, "", "").status, 404u);
}

TEST_F(StaticFilesTest, ASiteHasAPageForEachFolderAndNoneForWhatItDoesNotHave) {
  write("site/index.html", R"(<a href="./guides/start.html">)");
  write("site/guides/index.html", "guides");
  write("site/guides/start.html", "start");
  const auto site = StaticFiles::load(root_ / "site", StaticFiles::Kind::kSite);
  const auto at = [&](std::vector<std::string> segments) { return site->get(segments, "", ""); };
  EXPECT_EQ(at({""}).body, R"(<a href="./guides/start.html">)");
  EXPECT_EQ(at({"guides", ""}).body, "guides");
  EXPECT_EQ(at({"guides", "start.html"}).body, "start");
  EXPECT_EQ(at({"guides"}).status, 404u) << "its links would lead beside it";
  EXPECT_EQ(at({"guides", "start"}).status, 404u);
  EXPECT_EQ(at({"..", "outside.txt"}).status, 404u);
  EXPECT_EQ(header(at({"assets", "app-1a2b.js"}), "Cache-Control"), "no-cache") << "not every generator hashes names";
}

TEST_F(StaticFilesTest, AFolderThatIsNoneIsSaid) { EXPECT_FALSE(StaticFiles::load(root_ / "nowhere").has_value()); }

}  // namespace
}  // namespace costage::http
