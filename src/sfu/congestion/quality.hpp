// Connection quality as a person would grade it, from what can be measured: loss, round trip, jitter.
#pragma once

#include "base/media.hpp"
#include "base/time.hpp"

namespace costage::sfu {

struct LinkSample {
  float loss = 0;  // 0..1, after repair
  Duration round_trip{};
  Duration jitter{};
};

struct Grade {
  media::Quality quality = media::Quality::excellent;
  float score = 5;  // MOS-like, 1..5
};

// A simplified E-model (ITU-T G.107): delay and loss each take their part off a rating that maps to a score.
[[nodiscard]] Grade grade(const LinkSample& sample);

}  // namespace costage::sfu
