// Who speaks: the level of one audio track from the audio-level header extension (RFC 6464), over windows of 400 ms.
#pragma once

#include <array>
#include <cstdint>

namespace costage::sfu {

class AudioActivity {
 public:
  // LiveKit's defaults: a packet is active at -35 dBov or louder, a window when 40 % of its packets are.
  static constexpr std::uint8_t kActiveLevel = 35;
  static constexpr int kMinPercentile = 40;

  // `level` in -dBov: 0 loudest, 127 silence.
  void on_packet(std::uint8_t level);

  struct Window {
    bool active = false;
    float level = 0;  // 0..1, linear, smoothed
  };
  Window close_window();

 private:
  std::uint32_t packets_ = 0;
  std::uint32_t active_ = 0;
  std::uint8_t loudest_ = 127;
  float smoothed_ = 0;
};

}  // namespace costage::sfu
