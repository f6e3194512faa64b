#include "sfu/forward/fan_out.hpp"

#include <utility>

namespace costage::sfu {

bool FanOut::add(Subscription subscription) {
  if (subscriptions_.size() >= media::kMaxTrackViewers) return false;
  if (!index_.emplace(subscription.outlet, subscriptions_.size()).second) return false;
  subscriptions_.push_back(std::move(subscription));
  return true;
}

bool FanOut::remove(const Outlet* outlet) {
  const auto found = index_.find(outlet);
  if (found == index_.end()) return false;
  const std::size_t at = found->second;
  index_.erase(found);
  if (at + 1 != subscriptions_.size()) {
    subscriptions_[at] = std::move(subscriptions_.back());
    index_[subscriptions_[at].outlet] = at;
  }
  subscriptions_.pop_back();
  return true;
}

Subscription* FanOut::find(const Outlet* outlet) {
  const auto found = index_.find(outlet);
  return found == index_.end() ? nullptr : &subscriptions_[found->second];
}

bool FanOut::send(Subscription& viewer, const MediaPacket& packet, const SenderClocks& clocks, PacketBatch& batch,
                  Stats& stats) {
  const MutableBytes space = batch.reserve();
  if (space.empty()) {
    ++stats.dropped_batch_full;
    return false;
  }
  const std::size_t size = viewer.down.write(packet, clocks, space);
  // Written where the transport will put it, so it is encrypted in place.
  if (size == 0 || !viewer.outlet->transport->send_rtp(space.first(size))) return false;
  ++stats.rtp_forwarded;
  const bool video = viewer.down.config().codec->is_video();
  (video ? viewer.outlet->video : viewer.outlet->audio).add(packet.at, size);
  return true;
}

bool FanOut::forward(const MediaPacket& packet, const SenderClocks& clocks, PacketBatch& batch, Stats& stats) {
  bool first = false;
  for (Subscription& viewer : subscriptions_)
    if (send(viewer, packet, clocks, batch, stats)) first |= !viewer.flowing_told;
  return first;
}

}  // namespace costage::sfu
