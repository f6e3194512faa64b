// How much of what a media loop can do it does, as it was measured; and what one viewer costs it. A loop works when it
// does not wait for packets: at 100 % packets begin to wait for it.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "base/time.hpp"

namespace costage::media_io {

// Of one loop, counted from its start.
struct Worked {
  Instant at{};       // when it said so last
  Duration waited{};  // until then
  std::size_t peers = 0;
};

class LoadMeter {
 public:
  static constexpr Duration kLookEvery{500'000};
  static constexpr double kMost = 0.85;  // of its time; behind it, bursts make packets late

  explicit LoadMeter(std::size_t loops = 1) : loops_(loops) {}

  // Every kLookEvery, of all loops.
  void look(const std::vector<Worked>& worked);
  // Somebody came whose packets are not in what was measured.
  void on_newcomer(std::size_t loop) { ++loops_[loop].newcomers[0]; }
  // Percent of kMost that is free, with those who came of late.
  [[nodiscard]] int headroom(std::size_t loop) const;
  [[nodiscard]] int headroom() const;  // of the loop that has most

 private:
  // Until what somebody costs is in what was measured.
  static constexpr std::size_t kLooksUntilMeasured = 12;
  struct Loop {
    Worked last;
    double busy = 0;           // share of its time, over the last seconds
    double per_peer = 0.0005;  // of busy: until it is measured, that of a core which serves 2000
    std::array<std::size_t, kLooksUntilMeasured> newcomers{};  // since the last look, before it, ..
  };
  std::vector<Loop> loops_;
};

}  // namespace costage::media_io
