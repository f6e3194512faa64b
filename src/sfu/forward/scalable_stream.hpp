// A stream that carries several spatial and temporal layers (SVC), as its dependency descriptors tell: what each frame
// is, and how much each spatial layer takes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "sfu/congestion/temporal_rates.hpp"
#include "sfu/forward/media_packet.hpp"
#include "sfu/wire/dependency_descriptor.hpp"

namespace costage::sfu {

class ScalableStream {
 public:
  // Reads the packet's descriptor; packet.frame is good until the next call.
  void on_packet(MediaPacket& packet);
  // The same with a packet that has come before.
  void read(MediaPacket& packet);
  // Of each spatial layer, without those below.
  [[nodiscard]] std::array<TemporalRates, kMaxLayers>& rates() { return rates_; }
  // The highest that is sent; empty before the first key frame.
  [[nodiscard]] std::optional<media::Layer> highest() const;

 private:
  ScalableFrame frame_;
  dependency_descriptor::Structure structure_;
  bool has_structure_ = false;
  std::array<TemporalRates, kMaxLayers> rates_;
};

}  // namespace costage::sfu
