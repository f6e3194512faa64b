#include "sfu/forward/published_layer.hpp"

#include <algorithm>

namespace costage::sfu {

PublishedLayer::PublishedLayer(const Codec& codec, media::Layer layer)
    : codec_(codec),
      layer_(layer),
      stats_(codec.row.clock_rate),
      history_(codec.kind() == media::Kind::video ? PacketHistory::kVideoSlots : PacketHistory::kAudioSlots) {}

std::optional<MediaPacket> PublishedLayer::on_rtp(const IncomingRtp& in) {
  MediaPacket out{.at = in.at,
                  .layer = layer_,
                  .timestamp = in.timestamp,
                  .marker = in.marker,
                  .payload = in.payload,
                  .descriptor = in.descriptor};
  out.red = in.red;
  if (!in.payload.empty()) {
    const auto info = inspect(in.payload, in.descriptor);
    if (!info) return std::nullopt;
    out.info = *info;
  }
  if (in.repaired && !unwrapper_.started()) return std::nullopt;  // a probe of the sender, nothing was lost
  out.sequence = in.repaired ? unwrapper_.near(in.sequence) : unwrapper_.unwrap(in.sequence);
  if (first_ < 0) first_ = out.sequence;
  out.late = out.sequence < unwrapper_.highest();
  if (!history_.find(out.sequence).payload.empty()) return std::nullopt;

  const bool repaired = nacks_.on_packet(in.at, out.sequence) && in.repaired;
  // Retransmissions nobody asked for are probes; those of packets that were given up come too late for anybody.
  if (in.repaired && !repaired) return std::nullopt;
  if (repaired)
    stats_.on_repaired();
  else
    stats_.on_packet(in.at, out.sequence, in.timestamp);
  rates_.add(in.at, out.info.temporal, in.payload.size(), out.info.frame_start);
  if (out.info.key_frame && out.info.frame_start) key_frame_ = std::max(key_frame_, out.sequence);
  history_.put(out.sequence, in.timestamp, in.marker, in.payload, in.descriptor);
  return out;
}

std::optional<PayloadInfo> PublishedLayer::inspect(Bytes payload, Bytes descriptor) const {
  auto info = codec_.inspect(payload);
  if (descriptor.empty()) return info;
  if (!info) info.emplace();
  info->key_frame = info->frame_start = dependency_descriptor::has_structure(descriptor);
  return info;
}

std::size_t PublishedLayer::since_key_frame() const {
  if (key_frame_ < 0 || history_.find(key_frame_).payload.empty()) return 0;
  return static_cast<std::size_t>(unwrapper_.highest() - key_frame_ + 1);
}

std::uint32_t PublishedLayer::lost_before(std::uint16_t sequence, std::size_t count) const {
  if (!unwrapper_.started()) return 0;
  const std::int64_t newest = unwrapper_.near(sequence);
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t before = newest - 1 - static_cast<std::int64_t>(i);
    if (before > first_ && history_.find(before).payload.empty()) out |= 1u << i;
  }
  return out;
}

std::optional<MediaPacket> PublishedLayer::kept(Instant now, std::int64_t sequence) const {
  const PacketHistory::Packet packet = history_.find(sequence);
  const auto info = packet.payload.empty() ? std::nullopt : inspect(packet.payload, packet.descriptor);
  if (!info) return std::nullopt;
  return MediaPacket{.at = now,
                     .layer = layer_,
                     .sequence = sequence,
                     .timestamp = packet.timestamp,
                     .marker = packet.marker,
                     .payload = packet.payload,
                     .info = *info,
                     .descriptor = packet.descriptor};
}

}  // namespace costage::sfu
