// A stream that carries several spatial and temporal layers (SVC), as its dependency descriptors tell, or without them
// its payloads: what each frame is, and how much each layer takes.
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
  void note_layer(const MediaPacket& packet);

  ScalableFrame frame_;
  dependency_descriptor::Structure structure_;
  bool has_structure_ = false;
  // Highest spatial layers of payloads, since the newest key frame and the one before it.
  std::optional<std::uint8_t> highest_;
  std::uint8_t highest_before_ = 0;
  std::array<TemporalRates, kMaxLayers> rates_;
};

}  // namespace costage::sfu
