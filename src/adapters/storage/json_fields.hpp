// Objects as JSON text, by their field lists. Private to the codecs.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/storage/fields/fields.hpp"
#include "adapters/storage/value.hpp"
#include "base/overloaded.hpp"

namespace costage::storage {

namespace json = boost::json;

inline json::value json_of(const Value& value) {
  return std::visit(Overloaded{[](const Texts& texts) { return json::value_from(texts); },
                               [](const auto& scalar) { return json::value(scalar); }},
                    value);
}

inline Value value_of_json(const json::value& in) {
  if (in.is_null()) return nullptr;
  if (in.is_bool()) return in.get_bool();
  if (in.is_string()) return std::string(in.get_string());
  if (in.is_array()) return json::value_to<Texts>(in);
  return in.to_number<std::int64_t>();
}

struct JsonWriter {
  json::object out;

  template <class T>
  void operator()(const char* key, const char*, const T& value, Since = {}) {
    out[key] = json_of(value_of(value));
  }
  template <class T>
  void part(const char* key, const T& part) {
    out[key] = write(part);
  }
  template <class T>
  void list(const char* key, const std::vector<T>& items) {
    json::array array;
    for (const T& item : items) array.push_back(write(item));
    out[key] = std::move(array);
  }
  template <class T>
  static json::object write(const T& object) {
    JsonWriter writer;
    fields(writer, object);
    return std::move(writer.out);
  }
};

struct JsonReader {
  const json::object& in;

  template <class T>
  void operator()(const char* key, const char*, T& value, Since since = {}) {
    if (since.step > 1 && !in.contains(key)) return;
    storage::read(value_of_json(in.at(key)), value);
  }
  template <class T>
  void part(const char* key, T& part) {
    read(in.at(key), part);
  }
  template <class T>
  void list(const char* key, std::vector<T>& items) {
    for (const json::value& item : in.at(key).as_array()) read(item, items.emplace_back());
  }
  template <class T>
  static void read(const json::value& in, T& object) {
    JsonReader reader{in.as_object()};
    fields(reader, object);
  }
};

template <class T>
std::string to_json_text(const T& object) {
  return json::serialize(JsonWriter::write(object));
}
// Throws std::exception when the text is not what was written: the database is damaged.
template <class T>
void from_json_text(std::string_view text, T& object) {
  const json::value in = json::parse(json::string_view(text.data(), text.size()));
  JsonReader::read(in, object);
}

}  // namespace costage::storage
