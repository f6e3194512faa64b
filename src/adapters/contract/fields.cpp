#include "adapters/contract/fields.hpp"

#include <fmt/format.h>

#include <boost/json/parse.hpp>

#include "adapters/contract/time.hpp"
#include "adapters/json/texts.hpp"

namespace costage::contract {

using domain::Refusal;

domain::Answer<json::object> parse_object(std::string_view text) {
  constexpr std::size_t kMaxDepth = 16;
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return json::object{};
  json::parse_options options;
  options.max_depth = kMaxDepth;
  boost::system::error_code error;
  json::value value = json::parse(text, error, {}, options);
  if (error) return domain::refuse(Refusal::invalid("", fmt::format("The body is not JSON: {}.", error.message())));
  if (const auto bad = json_text::find_bad(value)) return domain::refuse(Refusal::invalid(bad->path, bad->sentence()));
  if (!value.is_object()) return domain::refuse(Refusal::invalid("", "The body is not a JSON object."));
  return std::move(value.as_object());
}

const json::value* Fields::find(std::string_view name) const { return object_.if_contains(name); }

void Fields::wrong(std::string_view name, std::string_view expected) {
  if (refusal_) return;
  const std::string full = prefix_ + std::string{name};
  refusal_ = Refusal::invalid(full, fmt::format("{} must be {}.", full, expected));
}

void Fields::take_over(const Fields& inner) {
  if (!refusal_) refusal_ = inner.refusal_;
}

std::optional<std::string> Fields::text(std::string_view name) {
  const json::value* value = find(name);
  if (!value) return {};
  if (value->is_string()) return std::string{value->get_string()};
  wrong(name, "text");
  return {};
}

std::optional<std::string> Fields::required_text(std::string_view name) {
  auto value = text(name);
  if (!value || value->empty()) wrong(name, "given, as text");
  return value;
}

std::optional<bool> Fields::flag(std::string_view name) {
  const json::value* value = find(name);
  if (!value) return {};
  if (value->is_bool()) return value->get_bool();
  wrong(name, "true or false");
  return {};
}

std::optional<std::int64_t> Fields::integer(std::string_view name) {
  const json::value* value = find(name);
  if (!value) return {};
  boost::system::error_code error;
  if (value->is_number()) {
    const auto number = value->to_number<std::int64_t>(error);
    if (!error) return number;
  }
  wrong(name, "a whole number");
  return {};
}

std::optional<std::vector<std::string>> Fields::texts(std::string_view name) {
  const json::value* value = find(name);
  if (!value) return {};
  std::vector<std::string> out;
  if (value->is_array())
    for (const json::value& item : value->get_array())
      if (item.is_string()) out.emplace_back(item.get_string());
  if (value->is_array() && out.size() == value->get_array().size()) return out;
  wrong(name, "a list of texts");
  return {};
}

std::optional<std::vector<const json::object*>> Fields::objects(std::string_view name) {
  const json::value* value = find(name);
  if (!value) return {};
  std::vector<const json::object*> out;
  if (value->is_array())
    for (const json::value& item : value->get_array())
      if (item.is_object()) out.push_back(&item.get_object());
  if (value->is_array() && out.size() == value->get_array().size()) return out;
  wrong(name, "a list of objects");
  return {};
}

std::optional<std::optional<WallTime>> Fields::time_or_null(std::string_view name) {
  const json::value* value = find(name);
  if (!value) return {};
  if (value->is_null()) return std::optional<WallTime>{};
  if (value->is_string())
    if (const auto time = time_from(value->get_string())) return time;
  wrong(name, "a time such as 2026-11-21T10:00:00Z, or null");
  return {};
}

const json::object* Fields::object(std::string_view name) {
  const json::value* value = find(name);
  if (!value) return nullptr;
  if (value->is_object()) return &value->get_object();
  wrong(name, "an object");
  return nullptr;
}

}  // namespace costage::contract
