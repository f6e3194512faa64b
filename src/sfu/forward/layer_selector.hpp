// Which packets of a scalable stream without dependency descriptors one subscriber gets: by the layer that the payload
// names (VP9, RFC 9628 section 4.2), all up to the wanted ones. A larger picture begins with a key frame, a smaller one
// with the next picture; more frames where a decoder can follow. A payload that names no layer is of the lowest.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/media.hpp"
#include "sfu/forward/media_packet.hpp"

namespace costage::sfu {

class LayerSelector {
 public:
  // Nothing: pause; it begins again with a key frame.
  void want(std::optional<media::Layer> layer, std::uint8_t temporal) {
    wanted_ = layer;
    wanted_temporal_ = temporal;
    if (!layer) spatial_.reset();
  }
  [[nodiscard]] std::optional<media::Layer> current() const { return spatial_; }
  [[nodiscard]] bool waits_for_key_frame() const { return wanted_ && (!spatial_ || *spatial_ < *wanted_); }

  struct Verdict {
    bool forward = false;
    bool ends_picture = false;  // the last packet of its picture that is forwarded: gets the marker bit
  };
  // Of the next packet in order; one that comes late changes nothing.
  [[nodiscard]] Verdict on_packet(const MediaPacket& packet) {
    const PayloadInfo& info = packet.info;
    if (info.frame_start && !packet.late) follow(info);
    if (!spatial_ || info.temporal > temporal_) return {};
    const auto spatial = static_cast<std::uint8_t>(*spatial_);
    return {info.spatial <= spatial, info.frame_end && info.spatial == spatial};
  }

 private:
  void follow(const PayloadInfo& info) {
    if (!wanted_) return;
    if (info.key_frame || (spatial_ && *wanted_ < *spatial_)) spatial_ = wanted_;
    if (info.key_frame || wanted_temporal_ < temporal_)
      temporal_ = wanted_temporal_;
    else if (info.temporal > temporal_ && info.temporal <= wanted_temporal_ && info.switching_up)
      temporal_ = info.temporal;
  }

  std::optional<media::Layer> wanted_;
  std::uint8_t wanted_temporal_ = kAllTemporalLayers;
  std::optional<media::Layer> spatial_;
  std::uint8_t temporal_ = kAllTemporalLayers;
};

}  // namespace costage::sfu
