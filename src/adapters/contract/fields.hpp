// Reads a request's JSON object. A field of the wrong type is remembered with its name; unknown fields are ignored, so
// that older servers take newer clients.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "domain/errors.hpp"

namespace costage::contract {

namespace json = boost::json;

// An empty body is an empty object.
[[nodiscard]] domain::Answer<json::object> parse_object(std::string_view text);

class Fields {
 public:
  explicit Fields(const json::object& object, std::string prefix = {}) : object_(object), prefix_(std::move(prefix)) {}

  // Each gives nothing when the field is absent or of the wrong type; null is, unless it is said.
  std::optional<std::string> text(std::string_view name);
  std::optional<std::string> required_text(std::string_view name);
  // The word of an enum; `expected` says which there are.
  template <class Word>
  std::optional<Word> word(std::string_view name, std::string_view expected,
                           std::optional<Word> (*from)(std::string_view)) {
    return word_in(text(name), name, expected, from);
  }
  template <class Word>
  std::optional<Word> required_word(std::string_view name, std::string_view expected,
                                    std::optional<Word> (*from)(std::string_view)) {
    return word_in(required_text(name), name, expected, from);
  }
  std::optional<bool> flag(std::string_view name);
  std::optional<std::int64_t> integer(std::string_view name);
  std::optional<std::vector<std::string>> texts(std::string_view name);
  // RFC 3339. Of null: a value without a time.
  std::optional<std::optional<WallTime>> time_or_null(std::string_view name);
  const json::object* object(std::string_view name);
  // A list of objects.
  std::optional<std::vector<const json::object*>> objects(std::string_view name);

  void wrong(std::string_view name, std::string_view expected);
  void take_over(const Fields& inner);
  // The first thing that was wrong.
  [[nodiscard]] const std::optional<domain::Refusal>& refusal() const { return refusal_; }

 private:
  template <class Word>
  std::optional<Word> word_in(const std::optional<std::string>& text, std::string_view name, std::string_view expected,
                              std::optional<Word> (*from)(std::string_view)) {
    const auto word = text ? from(*text) : std::nullopt;
    if (text && !word) wrong(name, expected);
    return word;
  }
  const json::value* find(std::string_view name) const;

  const json::object& object_;
  std::string prefix_;  // "policies."
  std::optional<domain::Refusal> refusal_;
};

}  // namespace costage::contract
