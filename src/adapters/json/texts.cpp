#include "adapters/json/texts.hpp"

#include <fmt/format.h>

namespace costage::json_text {
namespace {

namespace json = boost::json;

std::optional<BadField> find_in(const json::object& object) {
  for (const auto& [key, value] : object) {
    if (const auto bad = bad_text(key)) return BadField{"a field's name", *bad};  // the name itself cannot be shown
    if (auto bad = find_bad(value)) {
      const bool inner = !bad->path.empty() && !bad->path.starts_with('[');
      bad->path = std::string{key} + (inner ? "." : "") + bad->path;
      return bad;
    }
  }
  return {};
}

std::optional<BadField> find_in(const json::array& array) {
  for (std::size_t i = 0; i < array.size(); ++i)
    if (auto bad = find_bad(array[i])) {
      bad->path = fmt::format("[{}]{}{}", i, bad->path.empty() ? "" : ".", bad->path);
      return bad;
    }
  return {};
}

}  // namespace

std::string BadField::sentence() const {
  return fmt::format("{} cannot be used: {}.", path.empty() ? "The text" : path, costage::sentence(why));
}

std::optional<BadField> find_bad(const json::value& value) {
  if (value.is_object()) return find_in(value.get_object());
  if (value.is_array()) return find_in(value.get_array());
  if (!value.is_string()) return {};
  const auto bad = bad_text(value.get_string());
  return bad ? std::optional{BadField{{}, *bad}} : std::nullopt;
}

}  // namespace costage::json_text
