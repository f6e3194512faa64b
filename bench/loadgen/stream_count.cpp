#include "loadgen/stream_count.hpp"

#include <algorithm>

namespace costage::bench {
namespace {

// The number next to `last` whose low 16 bits are `sequence`.
std::int64_t unwrap(std::int64_t last, std::uint16_t sequence) {
  return last + static_cast<std::int16_t>(sequence - static_cast<std::uint16_t>(last));
}

}  // namespace

void StreamCount::add(Instant arrived, std::uint16_t sequence) {
  if (packets == 0) {
    first_at = arrived;
    lowest = highest = sequence;
  }
  const std::int64_t number = unwrap(highest, sequence);
  lowest = std::min(lowest, number);
  highest = std::max(highest, number);
  last_at = arrived;
  ++packets;
}

}  // namespace costage::bench
