// Ids, units and flags are types: Strong<struct RoomIdTag, std::string> never converts to another id by accident.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <ostream>
#include <utility>

namespace costage {

template <class Tag, class T>
class Strong {
 public:
  using Value = T;

  constexpr Strong() = default;
  constexpr explicit Strong(T value) : value_(std::move(value)) {}

  [[nodiscard]] constexpr const T& value() const { return value_; }

  friend constexpr auto operator<=>(const Strong&, const Strong&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Strong& id) { return out << id.value_; }

 private:
  T value_{};
};

}  // namespace costage

template <class Tag, class T>
struct std::hash<costage::Strong<Tag, T>> {
  std::size_t operator()(const costage::Strong<Tag, T>& id) const noexcept { return std::hash<T>{}(id.value()); }
};
