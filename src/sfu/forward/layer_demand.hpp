// What a publisher is told of its viewers' wishes (dynacast): more at once, less only when it lasted, so that a viewer
// who switches back and forth costs no key frames. The only such delay on the way to the client.
#pragma once

#include <optional>

#include "base/media.hpp"
#include "base/time.hpp"

namespace costage::sfu {

class LayerDemandMemory {
 public:
  static constexpr Duration kLessAfter{5'000'000};

  // `demand`: the highest layer anybody wants, empty for nobody. True if the publisher should be told of it now.
  bool changed(Instant now, std::optional<media::Layer> demand) {
    if (demand == told_) {
      less_since_.reset();
      return false;
    }
    if (demand < told_) {
      if (!less_since_) less_since_ = now;
      if (now - *less_since_ < kLessAfter) return false;
    }
    less_since_.reset();
    told_ = demand;
    return true;
  }

 private:
  std::optional<media::Layer> told_ = media::Layer::high;  // what a client sends untold
  std::optional<Instant> less_since_;
};

}  // namespace costage::sfu
