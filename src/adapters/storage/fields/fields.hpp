// One list of fields per type of row: fields(f, row) calls f(json key, SQL column, value) for each. Binding, reading
// and encoding (row.hpp, event_codec.hpp) all go by it, so a new field is one line here and one step of the schema.
// Keys and columns are the database's format: a renamed one needs a step, too.
#pragma once

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>

namespace costage::storage {

// The type of a row, to be read or to be written.
template <class O, class T>
concept Is = std::same_as<std::remove_const_t<O>, T>;

// The value of an enum by its word; specialized beside the field list that needs it.
template <class E>
std::optional<E> word(std::string_view text);

// The step of the schema a field came with: JSON of before has no such key, and the value stays the default.
struct Since {
  int step = 1;
};

}  // namespace costage::storage
