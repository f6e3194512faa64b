#include "sfu/congestion/quality.hpp"

#include <algorithm>

namespace costage::sfu {

Grade grade(const LinkSample& sample) {
  constexpr float kBestRating = 93.2F;
  const float one_way_ms =
      std::chrono::duration<float, std::milli>(sample.round_trip / 2 + sample.jitter * 2).count() + 10;
  float delay_part = one_way_ms * 0.024F;
  if (one_way_ms > 177.3F) delay_part += 0.11F * (one_way_ms - 177.3F);
  const float loss_part = 95 * sample.loss / (sample.loss + 0.10F);  // robustness of Opus and VP8 with concealment
  const float rating = std::clamp(kBestRating - delay_part - loss_part, 0.0F, 100.0F);
  const float score = 1 + 0.035F * rating + rating * (rating - 60) * (100 - rating) * 7e-6F;

  Grade out{.score = std::clamp(score, 1.0F, 5.0F)};
  out.quality = rating >= 80 ? media::Quality::excellent : rating >= 60 ? media::Quality::good : media::Quality::poor;
  return out;
}

}  // namespace costage::sfu
