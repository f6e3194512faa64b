#include "adapters/storage/value.hpp"

#include <boost/json.hpp>

namespace costage::storage {
namespace {

namespace json = boost::json;

Texts parse(const std::string& text) {
  constexpr std::size_t kMaxDepth = 2;
  json::parse_options options;
  options.max_depth = kMaxDepth;
  return json::value_to<Texts>(json::parse(text, {}, options));
}

}  // namespace

std::string to_text(const Texts& texts) { return json::serialize(json::value_from(texts)); }

void read(const Value& value, Texts& texts) {
  const auto* text = std::get_if<std::string>(&value);
  texts = text != nullptr ? parse(*text) : std::get<Texts>(value);
  for (const std::string& one : texts) stored::text(one);
}

}  // namespace costage::storage
