// A value or a named reason why not. Bad bytes give an empty optional instead; a broken assumption stops (check.hpp).
#pragma once

#include <tl/expected.hpp>
#include <utility>

namespace costage {

template <class T, class E>
using Result = tl::expected<T, E>;

template <class E>
auto fail(E&& reason) {
  return tl::make_unexpected(std::forward<E>(reason));
}

}  // namespace costage
