// Which frames of one stream a subscriber gets who wants, or can be sent, not every temporal layer; and how the numbers
// of what is left close up. The frames left out are kept as runs of packets, the newest kKept of them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "sfu/forward/media_packet.hpp"

namespace costage::sfu {

class TemporalFilter {
 public:
  static constexpr std::size_t kKept = 64;  // two seconds of a camera that loses every second frame

  // No layer above this one; kAllTemporalLayers: everything. Less at the next frame, more where a decoder can follow.
  void limit(std::uint8_t temporal) { limit_ = temporal; }

  struct Place {
    std::int64_t sequence = 0;   // without the packets left out before it
    std::uint16_t pictures = 0;  // left out before it
  };
  // Of the next packet in order. Empty: it is left out.
  [[nodiscard]] std::optional<Place> take(const MediaPacket& packet) {
    if (packet.info.frame_start) follow_limit(packet.info);
    if (packet.info.temporal <= level_) return Place{packet.sequence - packets_, pictures_};
    leave_out(packet);
    return std::nullopt;
  }
  // Of any packet. Empty: it was left out, or that is too long ago to tell.
  [[nodiscard]] std::optional<Place> place_of(std::int64_t in) const {
    for (std::size_t i = runs_; i > oldest(); --i) {
      const Run& run = at(i - 1);
      if (in > run.last) return Place{in - run.packets, run.pictures};
      if (in > run.last - run.length) return std::nullopt;
    }
    return oldest() == 0 ? std::optional{Place{in, 0}} : std::nullopt;
  }
  // The packet that has this place; empty: too long ago.
  [[nodiscard]] std::optional<std::int64_t> source_of(std::int64_t sequence) const {
    for (std::size_t i = runs_; i > oldest(); --i) {
      const Run& run = at(i - 1);
      if (sequence + run.packets > run.last) return sequence + run.packets;
    }
    return oldest() == 0 ? std::optional{sequence} : std::nullopt;
  }

 private:
  struct Run {
    std::int64_t last = 0;
    std::int64_t packets = 0;  // left out up to its end
    std::uint16_t length = 0;
    std::uint16_t pictures = 0;
  };
  [[nodiscard]] std::size_t oldest() const { return runs_ > kKept ? runs_ - kKept : 0; }
  [[nodiscard]] const Run& at(std::size_t i) const { return ring_[i % kKept]; }

  // Up one layer at a time: a frame that needs nothing of its own layer need not do without the one below (RFC 7741
  // section 4.2, Y).
  void follow_limit(const PayloadInfo& info) {
    if (info.key_frame || limit_ < level_)
      level_ = limit_;
    else if (info.temporal == level_ + 1 && info.temporal <= limit_ && info.switching_up)
      level_ = info.temporal;
  }
  void leave_out(const MediaPacket& packet) {
    ++packets_;
    if (picture_ != packet.info.picture_id || runs_ == 0) ++pictures_;
    picture_ = packet.info.picture_id;
    const bool goes_on = runs_ > 0 && at(runs_ - 1).last + 1 == packet.sequence && at(runs_ - 1).length < UINT16_MAX;
    if (!goes_on) ring_[runs_++ % kKept] = {};
    Run& run = ring_[(runs_ - 1) % kKept];
    ++run.length;
    run.last = packet.sequence;
    run.packets = packets_;
    run.pictures = pictures_;
  }

  std::uint8_t limit_ = kAllTemporalLayers;
  std::uint8_t level_ = kAllTemporalLayers;
  std::int64_t packets_ = 0;
  std::uint16_t pictures_ = 0;
  std::uint16_t picture_ = 0;  // the newest left out
  std::size_t runs_ = 0;
  std::array<Run, kKept> ring_;
};

}  // namespace costage::sfu
