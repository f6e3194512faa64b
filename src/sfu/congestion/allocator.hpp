// Shares one subscriber's budget among its videos: audio is paid first, then every video gets its lowest layer, then
// they climb in turns. A layer that is already sent is cheaper to keep than to take up again (hysteresis). A video
// whose lowest layer does not fit is paused where that is allowed; where not it is sent all the same, for a receiver
// that gets nothing never reports that it could get more.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "base/media.hpp"

namespace costage::sfu {

inline constexpr std::size_t kLayers = 3;

struct VideoDemand {
  std::array<std::uint64_t, kLayers> bitrate{};  // by layer, bit/s; 0: not available
  media::Layer max_layer = media::Layer::high;
  std::optional<media::Layer> current;  // what is sent now; empty: paused
};

enum class Pausing { forbidden, allowed };

// Writes the layer for each demand into `out` (same length); empty: paused, or nothing available.
void allocate(std::uint64_t budget, std::uint64_t audio, Pausing pausing, std::span<const VideoDemand> demands,
              std::span<std::optional<media::Layer>> out);

}  // namespace costage::sfu
