// Time is a parameter: the cores never read a clock. Two kinds that do not mix: Instant (monotonic, for timers and
// media) and WallTime (UTC, for what people and databases see).
#pragma once

#include <chrono>
#include <cstdint>

namespace costage {

using Duration = std::chrono::microseconds;

// A clock tag without now(): only adapters know how to read the real one (adapters/media_io/clock.hpp).
struct Monotonic {
  using duration = Duration;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<Monotonic, Duration>;
  static constexpr bool is_steady = true;
};

using Instant = Monotonic::time_point;
using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;

// One turn of a loop: both clocks as they were read for it.
struct Moment {
  Instant now;
  WallTime wall;
};

inline constexpr Instant kNever = Instant::max();

inline std::int64_t to_unix_ms(WallTime t) { return t.time_since_epoch().count(); }
inline WallTime from_unix_ms(std::int64_t ms) { return WallTime{std::chrono::milliseconds{ms}}; }

}  // namespace costage
