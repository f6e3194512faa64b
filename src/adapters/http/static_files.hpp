// Files of one folder over HTTP: ETag, cache headers, precompressed twins, index.html for a single-page application or
// for each folder of a site.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/server.hpp"
#include "base/result.hpp"

namespace costage::http {

// Everything is read once, at the start: a request can only name what is in the list, and opens no file.
class StaticFiles {
 public:
  static constexpr std::size_t kMaxFiles = 4096;
  static constexpr std::size_t kMaxBytes = 128 * 1024 * 1024;  // of all files together

  // What a path gives that names no file: the page of an application, which reads the address itself, or nothing.
  enum class Kind { kApplication, kSite };

  // Regular files only: no links, nothing hidden. Fails with one sentence for people.
  [[nodiscard]] static Result<StaticFiles, std::string> load(const std::filesystem::path& folder,
                                                             Kind kind = Kind::kApplication);

  // The request's path below the folder, decoded segment by segment. Status 404 with an empty body when there is no
  // such file.
  [[nodiscard]] Response get(const std::vector<std::string>& segments, std::string_view accept_encoding,
                             std::string_view if_none_match) const;

 private:
  struct File {
    std::string_view type;
    std::string etag;
    std::string body;
  };

  // Null when there is none.
  [[nodiscard]] const File* find(std::string_view name) const;
  // The name of the file that answers this path: "assets/app.js"; empty when none does.
  [[nodiscard]] std::string name_for(const std::vector<std::string>& segments) const;

  Kind kind_ = Kind::kApplication;
  std::map<std::string, File, std::less<>> files_;  // by name, relative to the folder
};

}  // namespace costage::http
