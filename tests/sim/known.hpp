// What the simulation found and what is not repaired yet: counted, and no failure. Each line goes with its repair.
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

inline constexpr std::array<Known, 1> kKnown{{
    // A late report about an older seat is decided about the newer one, and what would correct it is dropped.
    {"somebody who left counts as connected", Invariant::known_here, " is not connected and counts as up"},
}};

}  // namespace costage::sim
