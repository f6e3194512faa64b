// Which frames of a scalable stream one subscriber gets: those that its decode target needs (AV1 RTP specification
// section 4.3 and A.7). The target follows the wanted layer where a decoder can follow: at key frames, and at switch
// points whose references the subscriber has.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/media.hpp"
#include "sfu/forward/media_packet.hpp"

namespace costage::sfu {

class FrameSelector {
 public:
  // Nothing: pause; it begins again with a key frame. `temporal`: no layer above this one.
  void want(std::optional<media::Layer> layer, std::uint8_t temporal = kAllTemporalLayers);
  // The highest spatial layer that is forwarded; empty: none yet.
  [[nodiscard]] std::optional<media::Layer> current() const { return current_; }
  // The spatial layer that is wanted and sent is not the one that is forwarded; frames of another temporal layer come
  // without a key frame.
  [[nodiscard]] bool waits_for_key_frame() const { return wanted_ && (!target_ || best_spatial_ != spatial_); }

  struct Verdict {
    bool forward = false;
    bool ends_picture = false;  // the last packet of its picture that is forwarded: gets the marker bit
    // The decode targets that the decoder has to expect from here on; empty: as the descriptor says.
    std::optional<std::uint32_t> targets;
  };
  [[nodiscard]] Verdict on_packet(const ScalableFrame& frame);

 private:
  static constexpr std::size_t kKept = 128;  // frames; references reach back a few pictures
  struct Seen {
    std::uint32_t number = 0;  // low 32 bits
    bool forwarded = false;
    bool switched = false;  // the target changed with it
  };
  [[nodiscard]] std::int64_t unwrap(std::uint16_t number);
  void decide(const ScalableFrame& frame, std::int64_t number, Seen& seen);
  [[nodiscard]] bool has_references(const ScalableFrame& frame, std::int64_t number) const;
  [[nodiscard]] Seen& at(std::int64_t number) { return seen_[static_cast<std::size_t>(number) % kKept]; }
  [[nodiscard]] const Seen& at(std::int64_t number) const { return seen_[static_cast<std::size_t>(number) % kKept]; }

  std::optional<media::Layer> wanted_;
  std::uint8_t wanted_temporal_ = kAllTemporalLayers;
  std::optional<std::uint8_t> best_;    // decode target for what is wanted
  std::optional<std::uint8_t> target_;  // that is forwarded
  std::uint8_t best_spatial_ = 0;
  std::uint8_t spatial_ = 0;
  std::optional<media::Layer> current_;
  std::int64_t newest_ = -1;
  std::array<Seen, kKept> seen_;
};

}  // namespace costage::sfu
