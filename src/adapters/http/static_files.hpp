// Files of one folder over HTTP: ETag, cache headers, precompressed twins, index.html for a single-page application.
#pragma once

#include <filesystem>
#include <string>

#include "adapters/http/server.hpp"

namespace costage::http {

class StaticFiles {
 public:
  explicit StaticFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // `path` is decoded. Status 404 with an empty body when there is no such file.
  [[nodiscard]] Response get(const std::string& path, std::string_view accept_encoding,
                             std::string_view if_none_match) const;

 private:
  [[nodiscard]] std::filesystem::path locate(const std::string& path) const;

  std::filesystem::path folder_;
};

}  // namespace costage::http
