// Where a page ended: the creation time and the id of its last item. Opaque text for clients.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/errors.hpp"

namespace costage::app {

struct Cursor {
  std::int64_t created_at = 0;  // Unix ms
  std::string id;
};

inline std::string write_cursor(const Cursor& cursor) { return std::to_string(cursor.created_at) + "." + cursor.id; }

inline std::optional<Cursor> read_cursor(std::string_view text) {
  const auto dot = text.find('.');
  if (dot == std::string_view::npos || dot + 1 == text.size()) return {};
  Cursor cursor;
  const char* end = text.data() + dot;
  const auto [stop, error] = std::from_chars(text.data(), end, cursor.created_at);
  if (error != std::errc{} || stop != end) return {};
  cursor.id = text.substr(dot + 1);
  return cursor;
}

// Nothing, or why the page that is asked for cannot be given.
inline std::optional<domain::Refusal> bad_cursor(std::string_view text) {
  if (text.empty() || read_cursor(text)) return {};
  return domain::Refusal::invalid("cursor", "It must be the nextCursor of the page before.");
}

}  // namespace costage::app
