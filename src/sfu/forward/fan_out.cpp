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

bool FanOut::forward(const MediaPacket& packet, const SenderClocks& clocks, PacketBatch& batch, Stats& stats) {
  bool first = false;
  for (Subscription& s : subscriptions_) {
    const MutableBytes space = batch.reserve();
    if (space.empty()) {
      ++stats.dropped_batch_full;
      continue;
    }
    const std::size_t size = s.down.write(packet, clocks, space);
    if (size == 0) continue;
    // Written where the transport will put it, so it is encrypted in place.
    if (!s.outlet->transport->send_rtp(space.first(size))) continue;
    ++stats.rtp_forwarded;
    const bool video = s.down.config().codec->kind() == media::Kind::video;
    (video ? s.outlet->video : s.outlet->audio).add(packet.at, size);
    first |= !s.flowing_told;
  }
  return first;
}

}  // namespace costage::sfu
