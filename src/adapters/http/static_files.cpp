#include "adapters/http/static_files.hpp"

#include <fmt/format.h>

#include <algorithm>
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

// What a segment of a path of ours looks like. "%2fetc" decodes to a segment with a slash inside.
bool is_plain(std::string_view segment) {
  return !segment.starts_with('.') &&
         std::ranges::none_of(segment, [](unsigned char c) { return c == '/' || c == '\\' || c < 0x20 || c == 0x7f; });
}

std::string join(const std::vector<std::string>& segments) {
  std::string path;
  for (const std::string& segment : segments) path += (path.empty() ? "" : "/") + segment;
  return path;
}

std::optional<std::string> read(const fs::path& path) {
  std::ifstream in{path, std::ios::binary};
  std::ostringstream out;
  if (!in || (in.peek() != std::ifstream::traits_type::eof() && !(out << in.rdbuf()))) return {};
  return std::move(out).str();
}

std::string etag_of(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  const auto time = fs::last_write_time(path, error).time_since_epoch().count();
  return fmt::format("\"{:x}-{:x}\"", size, time);
}

// The application's bundler puts a hash of the content into the names below assets/, so those never change.
std::string_view cache_control(StaticFiles::Kind kind, std::string_view name) {
  return kind == StaticFiles::Kind::kApplication && name.starts_with("assets/") ? "public, max-age=31536000, immutable"
                                                                                : "no-cache";
}

bool is_hidden(const fs::path& path) { return path.filename().native().starts_with('.'); }

// In the order in which they are preferred: what a client may accept, and how the twin's name ends.
constexpr std::pair<std::string_view, std::string_view> kEncodings[] = {{"br", ".br"}, {"gzip", ".gz"}};

constexpr std::string_view kPage = "index.html";

// How far below the page's own folder it was asked for: 1 for "/rooms/r1", which has "/rooms/" as its folder.
std::size_t depth_of(const std::vector<std::string>& segments) { return segments.empty() ? 0 : segments.size() - 1; }

// The page's links to its files start with "./", so that they hold under whatever path a proxy puts in front; seen from
// a deeper address the same files are further up.
std::string climbing(std::string page, std::size_t depth) {
  constexpr std::string_view kHere = "\"./";
  std::string there = "\"";
  for (std::size_t i = 0; i < depth; ++i) there += "../";
  for (std::size_t at = page.find(kHere); at != std::string::npos; at = page.find(kHere, at + there.size()))
    page.replace(at, kHere.size(), there);
  return page;
}

}  // namespace

Result<StaticFiles, std::string> StaticFiles::load(const fs::path& folder, Kind kind) {
  StaticFiles files;
  files.kind_ = kind;
  std::size_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator at{folder, error}, end; !error && at != end; at.increment(error)) {
    if (is_hidden(at->path())) {
      at.disable_recursion_pending();
      continue;
    }
    if (at->symlink_status().type() != fs::file_type::regular) continue;
    auto body = read(at->path());
    if (!body) return fail(fmt::format("The file {} cannot be read.", at->path().string()));
    bytes += body->size();
    if (files.files_.size() >= kMaxFiles || bytes > kMaxBytes)
      return fail(fmt::format("{} holds more than a web site does: over {} files or {} MiB.", folder.string(),
                              kMaxFiles, kMaxBytes >> 20));
    files.files_.emplace(at->path().lexically_relative(folder).generic_string(),
                         File{type_of(at->path()), etag_of(at->path()), std::move(*body)});
  }
  if (error) return fail(fmt::format("The folder {} cannot be read: {}.", folder.string(), error.message()));
  return files;
}

const StaticFiles::File* StaticFiles::find(std::string_view name) const {
  const auto at = files_.find(name);
  return at == files_.end() ? nullptr : &at->second;
}

std::string StaticFiles::name_for(const std::vector<std::string>& segments) const {
  if (!std::ranges::all_of(segments, is_plain)) return {};
  const std::string name = join(segments);
  if (find(name)) return name;
  if (kind_ == Kind::kSite) {
    // Without its slash, the links of a folder's page would lead beside it.
    const std::string index = fmt::format("{}{}", name, kPage);
    return (name.empty() || name.ends_with('/')) && find(index) ? index : std::string{};
  }
  if (const std::string index = name + "/index.html"; find(index)) return index;
  const bool names_a_file = !segments.empty() && segments.back().find('.') != std::string::npos;
  return names_a_file || !find(kPage) ? std::string{} : std::string{kPage};
}

Response StaticFiles::get(const std::vector<std::string>& segments, std::string_view accept_encoding,
                          std::string_view if_none_match) const {
  const std::string name = name_for(segments);
  if (name.empty()) return {.status = 404};
  const File* file = find(name);
  Response response{.content_type = std::string{file->type}};
  const std::size_t depth = kind_ == Kind::kApplication && name == kPage ? depth_of(segments) : 0;
  for (const auto& [encoding, ending] : kEncodings) {
    const File* twin = find(name + std::string{ending});
    if (!twin || depth > 0 || accept_encoding.find(encoding) == std::string_view::npos) continue;
    file = twin;
    response.headers.emplace_back("Content-Encoding", encoding);
    break;
  }
  response.headers.insert(
      response.headers.end(),
      {{"ETag", file->etag}, {"Cache-Control", std::string{cache_control(kind_, name)}}, {"Vary", "Accept-Encoding"}});
  if (if_none_match.find(file->etag) != std::string_view::npos)
    response.status = 304;
  else
    response.body = depth == 0 ? file->body : climbing(file->body, depth);
  return response;
}

}  // namespace costage::http
