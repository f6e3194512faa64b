// How often somebody on stage lost their connection, out of the history of the room.
#pragma once

#include <chrono>
#include <optional>

#include "domain/events.hpp"

namespace costage::domain {

struct Drops {
  int losses = 0;
  std::optional<WallTime> last;                          // when the newest began
  std::optional<std::chrono::milliseconds> last_return;  // how long it took to be on air again, the last time
  std::optional<WallTime> timed_out;                     // their seat was given back, and they have none since
  bool operator==(const Drops&) const = default;
};

// Of what happened at `since` or later; a loss of which only the end is seen is none.
Drops count_drops(const Events& events, const UserId& user, WallTime since);

}  // namespace costage::domain
