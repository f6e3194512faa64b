// Bit/s and frames/s of a stream by temporal layer.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/time.hpp"
#include "sfu/congestion/rate_meter.hpp"
#include "sfu/forward/media_packet.hpp"

namespace costage::sfu {

class TemporalRates {
 public:
  void add(Instant now, std::uint8_t temporal, std::size_t bytes, bool frame_start) {
    const std::size_t t = std::min<std::size_t>(temporal, kMaxTemporalLayers - 1);
    bytes_[t].add(now, bytes);
    if (frame_start) frames_[t].add(now, 1);
  }
  // Of everything up to this temporal layer.
  [[nodiscard]] std::uint64_t bits_per_second(Instant now, std::uint8_t limit = kAllTemporalLayers) {
    std::uint64_t sum = 0;
    for (std::size_t t = 0; t < kMaxTemporalLayers && t <= limit; ++t) sum += bytes_[t].bits_per_second(now);
    return sum;
  }
  // The highest that anything was sent of.
  [[nodiscard]] std::uint8_t highest(Instant now) {
    std::uint8_t out = 0;
    for (std::uint8_t t = 1; t < kMaxTemporalLayers; ++t)
      if (bytes_[t].bits_per_second(now) > 0) out = t;
    return out;
  }
  // The lowest that brings about so many frames a second; 0: all of them.
  [[nodiscard]] std::uint8_t limit_for(Instant now, std::uint32_t fps) {
    if (fps == 0) return kAllTemporalLayers;
    std::uint64_t frames = 0;
    for (std::uint8_t t = 0; t < kMaxTemporalLayers; ++t) {
      frames += frames_[t].bits_per_second(now) / 8;
      if (frames * 10 >= std::uint64_t{fps} * 9) return t;
    }
    return kAllTemporalLayers;
  }

 private:
  std::array<RateMeter, kMaxTemporalLayers> bytes_;
  std::array<RateMeter, kMaxTemporalLayers> frames_;
};

}  // namespace costage::sfu
