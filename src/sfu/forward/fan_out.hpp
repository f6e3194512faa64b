// The viewers of one published track, in one array: what is sent to them, packet by packet. The second of two steps;
// the first, taking in the publisher's packet, is PublishedTrack.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/media.hpp"
#include "base/media_limits.hpp"
#include "base/time.hpp"
#include "sfu/congestion/allocator.hpp"
#include "sfu/congestion/rate_meter.hpp"
#include "sfu/forward/down_track.hpp"
#include "sfu/forward/media_packet.hpp"
#include "sfu/packet_batch.hpp"
#include "sfu/peer/transport.hpp"
#include "sfu/stats.hpp"

namespace costage::sfu {

// Where a subscriber's packets go; one for all its subscriptions.
struct Outlet {
  media::PeerSid peer;
  PeerTransport* transport = nullptr;
  RateMeter audio;
  RateMeter video;
};

struct Subscription {
  DownTrack down;
  Outlet* outlet = nullptr;
  bool enabled = true;
  media::Layer max_layer = media::Layer::high;
  std::uint32_t max_fps = 0;  // 0: all
  // What the congestion controller grants; empty: paused.
  std::optional<Grant> granted = Grant{};
  bool flowing_told = false;
};
static_assert(sizeof(Subscription) <= media::kSubscriptionBytes, "media_limits.hpp sums them up");

class FanOut {
 public:
  // False: already there, or there are kMaxTrackViewers.
  bool add(Subscription subscription);
  bool remove(const Outlet* outlet);
  [[nodiscard]] Subscription* find(const Outlet* outlet);
  [[nodiscard]] std::vector<Subscription>& all() { return subscriptions_; }
  [[nodiscard]] const std::vector<Subscription>& all() const { return subscriptions_; }

  // Sends the packet to one of them, if it gets its layer.
  static bool send(Subscription& viewer, const MediaPacket& packet, const SenderClocks& clocks, PacketBatch& batch,
                   Stats& stats);
  // Sends the packet to everybody who gets its layer. True if somebody got a first packet.
  bool forward(const MediaPacket& packet, const SenderClocks& clocks, PacketBatch& batch, Stats& stats);

 private:
  std::vector<Subscription> subscriptions_;
  std::unordered_map<const Outlet*, std::size_t> index_;
};

}  // namespace costage::sfu
