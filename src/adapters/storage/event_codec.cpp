#include "adapters/storage/event_codec.hpp"

#include <boost/json.hpp>

#include "adapters/storage/fields/invitation.hpp"
#include "adapters/storage/fields/request.hpp"
#include "adapters/storage/fields/room.hpp"
#include "adapters/storage/fields/run_of_show.hpp"
#include "adapters/storage/fields/scene.hpp"
#include "adapters/storage/fields/stage.hpp"
#include "adapters/storage/value.hpp"
#include "base/overloaded.hpp"

namespace costage::storage {
namespace {

namespace json = boost::json;

json::value json_of(const Value& value) {
  return std::visit(Overloaded{[](const Texts& texts) { return json::value_from(texts); },
                               [](const auto& scalar) { return json::value(scalar); }},
                    value);
}

Value value_of_json(const json::value& in) {
  if (in.is_null()) return nullptr;
  if (in.is_bool()) return in.get_bool();
  if (in.is_string()) return std::string(in.get_string());
  if (in.is_array()) return json::value_to<Texts>(in);
  return in.to_number<std::int64_t>();
}

struct Writer {
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
    Writer writer;
    fields(writer, object);
    return std::move(writer.out);
  }
};

struct Reader {
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
    Reader reader{in.as_object()};
    fields(reader, object);
  }
};

}  // namespace

std::string encode(const domain::EventData& data) {
  return json::serialize(std::visit([](const auto& change) { return Writer::write(change); }, data));
}

domain::EventData decode_event(domain::EventType type, std::string_view text) {
  const json::value in = json::parse(json::string_view(text.data(), text.size()));
  domain::EventData data = domain::data_for(type);
  std::visit([&](auto& change) { Reader::read(in, change); }, data);
  return data;
}

}  // namespace costage::storage
