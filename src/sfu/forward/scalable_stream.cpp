#include "sfu/forward/scalable_stream.hpp"

#include <algorithm>

namespace costage::sfu {

void ScalableStream::on_packet(MediaPacket& packet) {
  read(packet);
  if (packet.frame == nullptr) return;
  const std::size_t spatial = std::min<std::size_t>(frame_.descriptor.frame.layer.spatial, kMaxLayers - 1);
  rates_[spatial].add(packet.at, packet.payload.size());
}

void ScalableStream::read(MediaPacket& packet) {
  packet.frame = nullptr;
  if (packet.descriptor.empty()) return;
  auto parsed = dependency_descriptor::parse(packet.descriptor, has_structure_ ? &structure_ : nullptr);
  if (!parsed) return;
  frame_.descriptor = std::move(*parsed);
  if (frame_.descriptor.structure) {
    structure_ = *frame_.descriptor.structure;
    has_structure_ = true;
    frame_.active = structure_.all_targets();
  }
  if (frame_.descriptor.active_targets) frame_.active = *frame_.descriptor.active_targets;
  frame_.structure = &structure_;
  packet.frame = &frame_;
}

std::array<std::uint64_t, kMaxLayers> ScalableStream::bitrates(Instant now) {
  std::array<std::uint64_t, kMaxLayers> out{};
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < kMaxLayers; ++i) {
    const std::uint64_t own = rates_[i].bits_per_second(now);
    sum += own;
    out[i] = own == 0 ? 0 : sum;
  }
  return out;
}

std::optional<media::Layer> ScalableStream::highest() const {
  if (!has_structure_) return std::nullopt;
  const auto best = structure_.best_target({.spatial = 255, .temporal = 255}, frame_.active);
  if (!best) return std::nullopt;
  return static_cast<media::Layer>(std::min<std::size_t>(structure_.target_layers[*best].spatial, kMaxLayers - 1));
}

}  // namespace costage::sfu
