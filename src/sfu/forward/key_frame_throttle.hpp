// When to pass a request for a key frame on to the publisher: once per interval and layer, however many ask.
#pragma once

#include <array>
#include <cstddef>

#include "base/media.hpp"
#include "base/time.hpp"

namespace costage::sfu {

class KeyFrameThrottle {
 public:
  // A track without simulcast sends its one layer as `high`; new viewers should not wait longer for it.
  void set_simulcast(bool simulcast) { simulcast_ = simulcast; }
  void want(media::Layer layer) { state(layer).wanted = true; }
  // True if a PLI should go out now for this layer; a request that comes too early stays pending.
  bool take(Instant now, media::Layer layer) {
    State& s = state(layer);
    if (!s.wanted || now < s.next) return false;
    s = {false, now + interval(layer)};
    return true;
  }
  void on_key_frame(media::Layer layer) { state(layer).wanted = false; }
  // When take() gives true; kNever if nobody asks.
  [[nodiscard]] Instant due(media::Layer layer) const {
    const State& s = states_[static_cast<std::size_t>(layer)];
    return s.wanted ? s.next : kNever;
  }

 private:
  struct State {
    bool wanted = false;
    Instant next{};
  };
  [[nodiscard]] Duration interval(media::Layer layer) const {
    return !simulcast_ || layer == media::Layer::low ? Duration{500'000} : Duration{1'000'000};
  }
  State& state(media::Layer layer) { return states_[static_cast<std::size_t>(layer)]; }
  std::array<State, 3> states_{};
  bool simulcast_ = true;
};

}  // namespace costage::sfu
