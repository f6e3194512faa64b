// Values out of the database are what we wrote, or the record is damaged: throws std::exception then. Everything that
// reads passes through here, so no such value reaches the domain.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>

#include "base/text.hpp"
#include "base/time.hpp"

namespace costage::storage::stored {

inline constexpr std::int64_t kEndOfTime = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z, the last of RFC 3339
inline constexpr std::int64_t kLongest = 24 * 3600;

inline std::string text(std::string value) {
  if (const auto bad = bad_text(value)) throw std::runtime_error("a text: " + std::string(sentence(*bad)));
  return value;
}

inline std::int64_t within(std::int64_t value, std::int64_t low, std::int64_t high) {
  if (value < low || value > high) throw std::runtime_error("the number " + std::to_string(value));
  return value;
}

inline std::uint64_t counter(std::int64_t value) {
  return static_cast<std::uint64_t>(within(value, 0, std::numeric_limits<std::int64_t>::max() - 1));
}

inline WallTime time(std::int64_t unix_ms) { return from_unix_ms(within(unix_ms, 0, kEndOfTime)); }
inline std::chrono::seconds seconds(std::int64_t value) { return std::chrono::seconds{within(value, 0, kLongest)}; }

template <class T>
T known(const std::optional<T>& value) {
  if (!value) throw std::runtime_error("an unknown word");
  return *value;
}

}  // namespace costage::storage::stored
