// Shares one subscriber's budget among its videos: audio is paid first, then every video gets the first rung of its
// ladder, then they climb in turns. What is already sent is cheaper to keep than to take up again (hysteresis). A video
// whose first rung does not fit is paused where that is allowed; where not it is sent all the same, for a receiver that
// gets nothing never reports that it could get more.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>

#include "base/media.hpp"
#include "sfu/forward/media_packet.hpp"

namespace costage::sfu {

// What of a video is sent at most.
struct Grant {
  media::Layer layer = media::Layer::high;
  std::uint8_t temporal = kAllTemporalLayers;
  auto operator<=>(const Grant&) const = default;
};

// What of a video could be sent, the least first. Of the lowest layer it may be some frames only, before it is all of
// them; a larger picture with fewer frames is no step up.
class Ladder {
 public:
  struct Rung {
    Grant grant;
    std::uint64_t bitrate = 0;  // bit/s
  };
  void add(const Grant& grant, std::uint64_t bitrate) { rungs_[size_++] = {grant, bitrate}; }
  [[nodiscard]] std::span<const Rung> rungs() const { return {rungs_.data(), size_}; }

 private:
  std::array<Rung, kMaxLayers + kMaxTemporalLayers> rungs_;
  std::size_t size_ = 0;
};

struct VideoDemand {
  Ladder ladder;                 // empty: nothing is sent of it
  std::optional<Grant> current;  // what is sent now; empty: paused
};

enum class Pausing { forbidden, allowed };

// What all of them need, in bit/s, for the cheapest step up of one of them; 0: they have all that there is.
[[nodiscard]] std::uint64_t next_step(std::uint64_t audio, std::span<const VideoDemand> demands);

// Writes the grant for each demand into `out` (same length); empty: paused, or nothing available.
void allocate(std::uint64_t budget, std::uint64_t audio, Pausing pausing, std::span<const VideoDemand> demands,
              std::span<std::optional<Grant>> out);

}  // namespace costage::sfu
