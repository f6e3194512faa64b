#include "sfu/forward/published_track.hpp"

#include <algorithm>
#include <utility>

namespace costage::sfu {

using media::Layer;

void PublishedTrack::bind(const Codec& codec, std::string mid, const std::vector<Layer>& layers, std::string fmtp,
                          std::uint8_t red_payload_type) {
  red_payload_type_ = red_payload_type;
  codec_ = &codec;
  mid_ = std::move(mid);
  fmtp_ = std::move(fmtp);
  if (codec.row.scalable && (!announced.one_layer_per_stream || layers.size() == 1))
    scalable_ = std::make_unique<ScalableStream>();
  key_frames.set_simulcast(layers.size() > 1 && !scalable_);
  for (Layer l : layers) layers_[static_cast<std::size_t>(l)] = std::make_unique<PublishedLayer>(codec, l);
}

std::optional<MediaPacket> PublishedTrack::on_rtp(Layer l, const IncomingRtp& in) {
  PublishedLayer* received = layer(l);
  if (received == nullptr) return std::nullopt;
  auto packet = received->on_rtp(in);
  if (!packet) return std::nullopt;
  if (packet->payload.empty()) return packet;
  if (scalable_) scalable_->on_packet(*packet);
  if (packet->info.key_frame) key_frames.on_key_frame(l);
  if (!flowing_) flowing_ = started_flowing_ = true;
  return packet;
}

void PublishedTrack::on_sender_report(Instant now, Layer l, std::uint64_t ntp, std::uint32_t rtp) {
  clocks_[static_cast<std::size_t>(l)] = SenderClock{ntp, rtp, now};
}

bool PublishedTrack::take_started_flowing() { return std::exchange(started_flowing_, false); }

// The highest layer up to `limit` that is being sent, or the lowest above it. Before anything is sent, all negotiated
// layers count.
std::optional<Layer> PublishedTrack::best_layer(Instant now, Layer limit) const {
  const bool any_active =
      std::any_of(layers_.begin(), layers_.end(), [&](const auto& l) { return l && l->active(now); });
  if (scalable_) return scalable_->highest() ? std::min(limit, *scalable_->highest()) : limit;
  std::optional<Layer> best;
  for (const auto& l : layers_) {
    if (!l || (any_active && !l->active(now))) continue;
    if (!best || l->layer() <= limit) best = l->layer();
  }
  return best;
}

std::optional<Layer> PublishedTrack::layer_for(Instant now, const Subscription& viewer) const {
  const bool open = viewer.enabled && !muted_ && viewer.granted;
  return open ? best_layer(now, std::min(viewer.max_layer, viewer.granted->layer)) : std::nullopt;
}

// The highest that is still sent and has few packets since its key frame.
const PublishedLayer* PublishedTrack::layer_to_replay(Instant now, Layer limit) const {
  const PublishedLayer* best = nullptr;
  for (const auto& l : layers_) {
    if (!l || !l->active(now) || (!scalable_ && l->layer() > limit)) continue;
    const std::size_t packets = l->since_key_frame();
    if (packets > 0 && packets <= kMaxReplay) best = l.get();
  }
  return best;
}

void PublishedTrack::begin(Instant now, Subscription& viewer, PacketBatch& batch, Stats& stats) {
  const auto target = codec_->is_video() ? layer_for(now, viewer) : std::nullopt;
  const PublishedLayer* layer = target ? layer_to_replay(now, *target) : nullptr;
  if (layer != nullptr && batch.size() < media::kFlushAtPackets) {
    viewer.down.set_target(target);
    layer->replay(now, [&](MediaPacket packet) {
      if (scalable_) scalable_->read(packet);
      FanOut::send(viewer, packet, clocks_, batch, stats);
    });
  }
  retarget(now, viewer);
}

void PublishedTrack::retarget(Instant now, Subscription& viewer) {
  const auto layer = layer_for(now, viewer);
  if (layer && codec_->is_video())
    viewer.down.set_target(layer, std::min(viewer.granted->temporal, temporal_limit(now, *layer, viewer)));
  else
    viewer.down.set_target(layer);
  if (const auto wanted = viewer.down.wanted_key_frame()) want_key_frame(now, *wanted);
}

// Native SDKs negotiate a stream for each layer and send them all in one.
Layer PublishedTrack::only_layer() const {
  const PublishedLayer* best = nullptr;
  for (const auto& l : layers_)
    if (l && (best == nullptr || l->ssrc != 0)) best = l.get();
  return best->layer();
}

void PublishedTrack::want_key_frame(Instant now, Layer l) {
  if (codec_->kind() != media::Kind::video) return;
  key_frames.want(scalable_ ? only_layer() : l);
  publisher_.at_most(PeerTimer::repair, now);
}

void PublishedTrack::retarget(Instant now) {
  if (!bound()) return;
  for (Subscription& viewer : viewers.all()) retarget(now, viewer);
}

void PublishedTrack::set_muted(Instant now, bool muted) {
  muted_ = muted;
  retarget(now);
}

TemporalRates* PublishedTrack::rates_of(Instant now, Layer l) {
  const std::size_t i = static_cast<std::size_t>(l);
  if (scalable_ && scalable_->highest()) return &scalable_->rates()[i];
  return layers_[i] && layers_[i]->active(now) ? &layers_[i]->rates() : nullptr;
}

std::uint64_t PublishedTrack::bitrate(Instant now, Layer l, std::uint8_t temporal) {
  TemporalRates* own = rates_of(now, l);
  std::uint64_t sum = own == nullptr ? 0 : own->bits_per_second(now, temporal);
  if (!scalable_ || !scalable_->highest()) return own == nullptr ? 0 : std::max<std::uint64_t>(sum, 1);
  if (own->bits_per_second(now) == 0) return 0;
  for (std::size_t below = 0; below < static_cast<std::size_t>(l); ++below)
    sum += scalable_->rates()[below].bits_per_second(now, temporal);
  return sum;
}

std::uint8_t PublishedTrack::temporal_limit(Instant now, Layer l, const Subscription& viewer) {
  if (viewer.max_fps == 0) return kAllTemporalLayers;
  TemporalRates* rates = rates_of(now, scalable_ ? Layer::low : l);
  return rates == nullptr ? kAllTemporalLayers : rates->limit_for(now, viewer.max_fps);
}

// Fewer frames are a step of the first layer alone.
void PublishedTrack::add_rungs(Instant now, Layer l, const Subscription& viewer, Ladder& out) {
  const std::uint8_t limit = temporal_limit(now, l, viewer);
  const std::uint64_t all = bitrate(now, l, limit);
  if (all == 0) return;
  if (out.rungs().empty()) {
    const std::uint8_t highest = std::min(limit, rates_of(now, l)->highest(now));
    for (std::uint8_t t = 0; t < highest; ++t) out.add({l, t}, bitrate(now, l, t));
  }
  out.add({l, kAllTemporalLayers}, all);
}

// A track without a layer as low as is wanted has but its lowest.
Ladder PublishedTrack::ladder(Instant now, const Subscription& viewer) {
  Ladder out;
  for (std::size_t i = 0; i < kMaxLayers; ++i)
    if (i <= static_cast<std::size_t>(viewer.max_layer) || out.rungs().empty())
      add_rungs(now, static_cast<Layer>(i), viewer, out);
  return out;
}

std::optional<Layer> PublishedTrack::demand() const {
  std::optional<Layer> out;
  for (const Subscription& viewer : viewers.all())
    if (viewer.enabled) out = std::max(out.value_or(viewer.max_layer), viewer.max_layer);
  return out;
}

}  // namespace costage::sfu
