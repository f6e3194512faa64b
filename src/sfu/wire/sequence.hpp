// Order of numbers that wrap (RFC 1982): of two values, the newer is the one less than half the range ahead.
#pragma once

#include <concepts>
#include <type_traits>

namespace costage::sfu {

template <std::unsigned_integral T>
[[nodiscard]] constexpr bool is_newer(T a, T b) {
  return static_cast<std::make_signed_t<T>>(static_cast<T>(a - b)) > 0;
}

// How far `a` lies ahead of `b`; negative when behind.
template <std::unsigned_integral T>
[[nodiscard]] constexpr std::make_signed_t<T> distance(T a, T b) {
  return static_cast<std::make_signed_t<T>>(static_cast<T>(a - b));
}

}  // namespace costage::sfu
