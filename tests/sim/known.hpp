// What the simulation found and what is not repaired yet: counted, and no failure. Empty it when it is.
#pragma once

#include <array>
#include <string_view>

#include "world.hpp"

namespace costage::sim {

struct Known {
  std::string_view name;
  Invariant invariant{};
  std::string_view says;  // a part of what is said of it
};

inline constexpr std::array<Known, 0> kKnown{};

}  // namespace costage::sim
