#include "adapters/http/static_files.hpp"

#include <fmt/format.h>

#include <fstream>
#include <optional>
#include <sstream>

namespace costage::http {
namespace {

namespace fs = std::filesystem;

constexpr std::pair<std::string_view, std::string_view> kTypes[] = {{".html", "text/html; charset=utf-8"},
                                                                    {".js", "text/javascript; charset=utf-8"},
                                                                    {".mjs", "text/javascript; charset=utf-8"},
                                                                    {".css", "text/css; charset=utf-8"},
                                                                    {".json", "application/json"},
                                                                    {".map", "application/json"},
                                                                    {".webmanifest", "application/manifest+json"},
                                                                    {".svg", "image/svg+xml"},
                                                                    {".png", "image/png"},
                                                                    {".jpg", "image/jpeg"},
                                                                    {".webp", "image/webp"},
                                                                    {".ico", "image/x-icon"},
                                                                    {".woff2", "font/woff2"},
                                                                    {".wasm", "application/wasm"},
                                                                    {".mp4", "video/mp4"},
                                                                    {".txt", "text/plain; charset=utf-8"},
                                                                    {".yaml", "application/yaml"}};

std::string_view type_of(const fs::path& file) {
  for (const auto& [extension, type] : kTypes)
    if (file.extension() == extension) return type;
  return "application/octet-stream";
}

// No "..", no hidden file, no backslash: nothing outside the folder and nothing private in it.
bool is_public(std::string_view path) {
  if (path.find('\\') != std::string_view::npos) return false;
  for (std::size_t at = path.find('/'); at != std::string_view::npos; at = path.find('/', at + 1))
    if (path.substr(at).starts_with("/.")) return false;
  return true;
}

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

std::optional<std::string> read(const fs::path& path) {
  std::ifstream in{path, std::ios::binary};
  std::ostringstream out;
  if (!in || !(out << in.rdbuf())) return {};
  return std::move(out).str();
}

std::string etag_of(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  const auto time = fs::last_write_time(path, error).time_since_epoch().count();
  return fmt::format("\"{:x}-{:x}\"", size, time);
}

// Bundlers put a hash of the content into the names below assets/, so those never change.
std::string_view cache_control(std::string_view path) {
  return path.starts_with("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
}

struct Encoded {
  fs::path path;
  std::string_view encoding;  // empty: as it is
};
Encoded pick_encoding(const fs::path& file, std::string_view accepted) {
  for (const auto& [name, ending] : {std::pair{"br", ".br"}, std::pair{"gzip", ".gz"}}) {
    fs::path twin = file;
    twin += ending;
    if (accepted.find(name) != std::string_view::npos && is_file(twin)) return {twin, name};
  }
  return {file, {}};
}

}  // namespace

fs::path StaticFiles::locate(const std::string& path) const {
  if (!is_public(path)) return {};
  const fs::path file = folder_ / path.substr(1);
  if (is_file(file)) return file;
  if (is_file(file / "index.html")) return file / "index.html";
  const bool names_a_file = path.find('.', path.rfind('/')) != std::string::npos;
  if (names_a_file || !is_file(folder_ / "index.html")) return {};
  return folder_ / "index.html";
}

Response StaticFiles::get(const std::string& path, std::string_view accept_encoding,
                          std::string_view if_none_match) const {
  const fs::path file = locate(path);
  if (file.empty()) return {.status = 404};
  const auto [chosen, encoding] = pick_encoding(file, accept_encoding);
  const std::string etag = etag_of(chosen);

  Response response{.content_type = std::string{type_of(file)}};
  response.headers = {{"ETag", etag},
                      {"Cache-Control", std::string{cache_control(path)}},
                      {"Vary", "Accept-Encoding"},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Referrer-Policy", "no-referrer"}};
  if (!encoding.empty()) response.headers.emplace_back("Content-Encoding", encoding);
  if (if_none_match.find(etag) != std::string_view::npos) {
    response.status = 304;
    return response;
  }
  auto body = read(chosen);
  if (!body) return {.status = 404};
  response.body = std::move(*body);
  return response;
}

}  // namespace costage::http
