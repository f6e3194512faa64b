// Where a page ended: the sort key (creation time, then id) of its last item, as opaque text "1763719200000.id".
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace costage::storage {

struct Cursor {
  std::int64_t created_ms = 0;
  std::string id;
};

inline std::string to_text(WallTime created, const std::string& id) {
  return std::to_string(to_unix_ms(created)) + "." + id;
}

// Text that is no cursor starts from the beginning.
inline std::optional<Cursor> parse_cursor(std::string_view text) {
  Cursor cursor;
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + dot, cursor.created_ms);
  if (error != std::errc{} || end != text.data() + dot) return std::nullopt;
  cursor.id = text.substr(dot + 1);
  return cursor;
}

}  // namespace costage::storage
