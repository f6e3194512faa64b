// One value of a row: what a field is in SQL and in stored JSON. Reading throws std::exception when it is not what we
// write: the record is damaged then.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "adapters/storage/fields/fields.hpp"
#include "adapters/storage/stored_values.hpp"
#include "base/strong.hpp"

namespace costage::domain {
struct EmojiCount;
}

namespace costage::storage {

using Texts = std::vector<std::string>;
using Value = std::variant<std::nullptr_t, bool, std::int64_t, std::string, Texts>;

// An enum that has words: name(E) in the domain, word<E>(text) beside its field list.
template <class E>
concept Word = std::is_enum_v<E>;

inline Value value_of(const std::string& text) { return text; }
inline Value value_of(bool flag) { return flag; }
inline Value value_of(int number) { return std::int64_t{number}; }
inline Value value_of(std::uint64_t number) { return static_cast<std::int64_t>(number); }
inline Value value_of(WallTime time) { return to_unix_ms(time); }
inline Value value_of(std::chrono::seconds time) { return std::int64_t{time.count()}; }
inline Value value_of(const Texts& texts) { return texts; }
Value value_of(const std::vector<WallTime>& times);
template <class Tag>
Value value_of(const std::vector<Strong<Tag, std::string>>& ids) {
  Texts out;
  for (const auto& id : ids) out.push_back(id.value());
  return out;
}
inline Value value_of(Word auto word) { return std::string(name(word)); }
template <class Tag>
Value value_of(const Strong<Tag, std::string>& id) {
  return id.value();
}
template <class T>
Value value_of(const std::optional<T>& maybe) {
  return maybe ? value_of(*maybe) : Value{nullptr};
}

// What a Value of another kind gives is std::bad_variant_access.
inline void read(const Value& value, std::string& text) { text = stored::text(std::get<std::string>(value)); }
inline void read(const Value& value, bool& flag) {
  const auto* number = std::get_if<std::int64_t>(&value);  // SQL has no other
  flag = number != nullptr ? *number != 0 : std::get<bool>(value);
}
inline void read(const Value& value, int& number) {
  number = static_cast<int>(stored::within(std::get<std::int64_t>(value), 0, std::numeric_limits<int>::max()));
}
inline void read(const Value& value, std::uint64_t& number) { number = stored::counter(std::get<std::int64_t>(value)); }
inline void read(const Value& value, WallTime& time) { time = stored::time(std::get<std::int64_t>(value)); }
inline void read(const Value& value, std::chrono::seconds& time) {
  time = stored::seconds(std::get<std::int64_t>(value));
}
// In SQL a list is JSON text.
std::string to_text(const Texts& texts);
void read(const Value& value, Texts& texts);
template <class Tag>
void read(const Value& value, std::vector<Strong<Tag, std::string>>& ids) {
  Texts texts;
  read(value, texts);
  ids.clear();
  for (std::string& text : texts) ids.emplace_back(std::move(text));
}
// Comma-separated Unix ms.
void read(const Value& value, std::vector<WallTime>& times);
// A list of texts, "3 ❤️" each.
Value value_of(const std::vector<domain::EmojiCount>& counts);
void read(const Value& value, std::vector<domain::EmojiCount>& counts);
template <Word E>
void read(const Value& value, E& out) {
  out = stored::known(word<E>(std::get<std::string>(value)));
}
template <class Tag>
void read(const Value& value, Strong<Tag, std::string>& id) {
  id = Strong<Tag, std::string>{stored::text(std::get<std::string>(value))};
}
template <class T>
void read(const Value& value, std::optional<T>& maybe) {
  maybe.reset();
  if (!std::holds_alternative<std::nullptr_t>(value)) read(value, maybe.emplace());
}

template <class T>
concept Storable = requires(const T& in, T& out, const Value& value) {
  { value_of(in) } -> std::same_as<Value>;
  read(value, out);
};

}  // namespace costage::storage
