#include "sfu/forward/scalable_stream.hpp"

#include <algorithm>
#include <utility>

namespace costage::sfu {

void ScalableStream::on_packet(MediaPacket& packet) {
  read(packet);
  if (packet.frame == nullptr) return note_layer(packet);
  const dependency_descriptor::Layer layer = frame_.descriptor.frame.layer;
  const std::size_t spatial = std::min<std::size_t>(layer.spatial, kMaxLayers - 1);
  rates_[spatial].add(packet.at, layer.temporal, packet.payload.size(), frame_.descriptor.mandatory.frame_start);
}

void ScalableStream::note_layer(const MediaPacket& packet) {
  const PayloadInfo& info = packet.info;
  if (info.key_frame && info.frame_start) highest_before_ = std::exchange(highest_, 0).value_or(0);
  if (highest_) highest_ = std::max(*highest_, info.spatial);
  const std::size_t spatial = std::min<std::size_t>(info.spatial, kMaxLayers - 1);
  rates_[spatial].add(packet.at, info.temporal, packet.payload.size(), info.frame_start);
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

std::optional<media::Layer> ScalableStream::highest() const {
  const auto layer = [](std::uint8_t spatial) {
    return static_cast<media::Layer>(std::min<std::size_t>(spatial, kMaxLayers - 1));
  };
  if (!has_structure_) return highest_ ? std::optional{layer(std::max(*highest_, highest_before_))} : std::nullopt;
  const auto best = structure_.best_target({.spatial = 255, .temporal = 255}, frame_.active);
  if (!best) return std::nullopt;
  return layer(structure_.target_layers[*best].spatial);
}

}  // namespace costage::sfu
