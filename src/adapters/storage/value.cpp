#include "adapters/storage/value.hpp"

#include <boost/json.hpp>
#include <sstream>

#include "domain/chat/message.hpp"

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

Value value_of(const std::vector<domain::EmojiCount>& counts) {
  Texts out;
  for (const domain::EmojiCount& one : counts) out.push_back(std::to_string(one.count) + ' ' + one.emoji);
  return out;
}

void read(const Value& value, std::vector<domain::EmojiCount>& counts) {
  Texts texts;
  read(value, texts);
  counts.clear();
  for (const std::string& one : texts) {
    std::size_t digits = 0;
    const auto count = stored::counter(std::stoll(one, &digits));
    counts.push_back({one.substr(digits + 1), count});
  }
}

Value value_of(const std::vector<WallTime>& times) {
  std::string out;
  for (WallTime time : times) out += (out.empty() ? "" : ",") + std::to_string(to_unix_ms(time));
  return out;
}

void read(const Value& value, std::vector<WallTime>& times) {
  times.clear();
  std::istringstream in(std::get<std::string>(value));
  for (std::string one; std::getline(in, one, ',');) times.push_back(stored::time(std::stoll(one)));
}

std::string to_text(const Texts& texts) { return json::serialize(json::value_from(texts)); }

void read(const Value& value, Texts& texts) {
  const auto* text = std::get_if<std::string>(&value);
  texts = text != nullptr ? parse(*text) : std::get<Texts>(value);
  for (const std::string& one : texts) stored::text(one);
}

}  // namespace costage::storage
