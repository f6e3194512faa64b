// Text helpers of the SDP parser, and the words of its enumerations in both directions.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "sfu/wire/sdp/session.hpp"

namespace costage::sfu::sdp {

inline constexpr std::array<std::string_view, 4> kDirections = {"sendrecv", "sendonly", "recvonly", "inactive"};
inline constexpr std::array<std::string_view, 4> kSetups = {"actpass", "active", "passive", "holdconn"};

template <class Enum>
std::optional<Enum> find_word(const std::array<std::string_view, 4>& words, std::string_view word) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == word) return static_cast<Enum>(i);
  return {};
}
inline std::string_view word(Direction d) { return kDirections[static_cast<std::size_t>(d)]; }
inline std::string_view word(Setup s) { return kSetups[static_cast<std::size_t>(s)]; }

// The text before the first `separator`, which is taken off `text` with it.
inline std::string_view cut(std::string_view& text, char separator) {
  const std::size_t at = text.find(separator);
  const std::string_view head = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
  return head;
}

// The next word of a line; empty at the end.
inline std::string_view next_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return cut(text, ' ');
}

inline std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// All of the text and nothing else, within the type's range and `max`.
template <std::unsigned_integral T>
std::optional<T> number(std::string_view text, T max = static_cast<T>(-1)) {
  T value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > max) return {};
  return value;
}

// Stores what was read; false if there was nothing.
template <class T, class U>
bool store(T& slot, std::optional<U> value) {
  if (!value) return false;
  slot = std::move(*value);
  return true;
}

}  // namespace costage::sfu::sdp
