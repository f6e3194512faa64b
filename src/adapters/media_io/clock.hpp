// The only place that reads the monotonic clock for media.
#pragma once

#include <ctime>

#include "base/time.hpp"

namespace costage::media_io {

inline Instant monotonic_now() {
  timespec t{};
  clock_gettime(CLOCK_MONOTONIC, &t);
  return Instant{Duration{t.tv_sec * 1'000'000 + t.tv_nsec / 1000}};
}

}  // namespace costage::media_io
