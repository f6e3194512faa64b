#include "sfu/congestion/allocator.hpp"

#include <algorithm>

namespace costage::sfu {
namespace {

using media::Layer;

// Taking up something new needs 15 % more room than it costs, so that the choice does not swing.
std::uint64_t price(const VideoDemand& d, Layer layer) {
  const std::uint64_t rate = d.bitrate[static_cast<std::size_t>(layer)];
  const bool kept = d.current && *d.current >= layer;
  return kept ? rate : rate + rate * 15 / 100;
}

std::optional<Layer> next_layer(const VideoDemand& d, std::optional<Layer> from) {
  const int first = from ? static_cast<int>(*from) + 1 : 0;
  for (int i = first; i <= static_cast<int>(d.max_layer); ++i)
    if (d.bitrate[static_cast<std::size_t>(i)] > 0) return static_cast<Layer>(i);
  // Nothing at or below the wanted layer exists (a track with one layer): take the lowest there is.
  if (!from)
    for (std::size_t i = 0; i < kLayers; ++i)
      if (d.bitrate[i] > 0) return static_cast<Layer>(i);
  return std::nullopt;
}

// One step up for one video, if it can be paid or has to be given.
bool climb(const VideoDemand& d, Pausing pausing, std::optional<Layer>& layer, std::uint64_t& left) {
  const std::optional<Layer> next = next_layer(d, layer);
  if (!next) return false;
  const std::uint64_t paid = layer ? price(d, *layer) : 0;
  const std::uint64_t extra = std::max(price(d, *next), paid) - paid;
  const bool owed = !layer && pausing == Pausing::forbidden;
  if (extra > left && !owed) return false;
  left -= std::min(extra, left);
  layer = next;
  return true;
}

}  // namespace

void allocate(std::uint64_t budget, std::uint64_t audio, Pausing pausing, std::span<const VideoDemand> demands,
              std::span<std::optional<Layer>> out) {
  std::uint64_t left = budget > audio ? budget - audio : 0;
  std::fill(out.begin(), out.end(), std::nullopt);
  for (bool climbed = true; climbed;) {
    climbed = false;
    for (std::size_t i = 0; i < demands.size(); ++i) climbed |= climb(demands[i], pausing, out[i], left);
  }
}

}  // namespace costage::sfu
