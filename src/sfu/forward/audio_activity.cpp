#include "sfu/forward/audio_activity.hpp"

#include <algorithm>
#include <cmath>

namespace costage::sfu {

void AudioActivity::on_packet(std::uint8_t level) {
  ++packets_;
  if (level > kActiveLevel) return;
  ++active_;
  loudest_ = std::min(loudest_, level);
}

AudioActivity::Window AudioActivity::close_window() {
  const bool active = packets_ > 0 && active_ * 100 >= packets_ * kMinPercentile;
  // The loudest packet, lowered by how little of the window was active, so that a click is not a shout.
  float linear = 0;
  if (active) {
    const float share = static_cast<float>(active_) / static_cast<float>(packets_);
    const float decibel = static_cast<float>(loudest_) - 20 * std::log10(share);
    linear = std::pow(10.0F, -decibel / 20);
  }
  smoothed_ += (linear - smoothed_) / 2;
  if (!active && smoothed_ < 0.001F) smoothed_ = 0;
  packets_ = active_ = 0;
  loudest_ = 127;
  return {active, std::clamp(smoothed_, 0.0F, 1.0F)};
}

}  // namespace costage::sfu
