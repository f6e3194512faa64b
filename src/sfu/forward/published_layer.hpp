// One received RTP stream of a published track: order, losses, statistics, and the packets kept for retransmission.
#pragma once

#include <cstdint>
#include <optional>

#include "base/time.hpp"
#include "sfu/congestion/temporal_rates.hpp"
#include "sfu/forward/media_packet.hpp"
#include "sfu/forward/nack_tracker.hpp"
#include "sfu/forward/packet_history.hpp"
#include "sfu/forward/receive_stats.hpp"
#include "sfu/forward/sequence.hpp"

namespace costage::sfu {

// The fields of a received packet that matter here. A retransmission (RTX) carries its original sequence number.
struct IncomingRtp {
  Instant at{};
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  bool marker = false;
  Bytes payload;  // without padding
  bool repaired = false;
  Bytes descriptor;  // dependency descriptor; empty: none
  Bytes red;         // see MediaPacket
};

class PublishedLayer {
 public:
  // Without a packet for so long a layer counts as not sent: the publisher stops layers when its uplink is poor.
  static constexpr Duration kInactiveAfter{1'500'000};

  PublishedLayer(const Codec& codec, media::Layer layer);

  // Empty: a duplicate, or not a payload of the codec.
  [[nodiscard]] std::optional<MediaPacket> on_rtp(const IncomingRtp& in);

  // From the newest key frame to the newest packet; 0: there is no key frame, or it is not kept any more.
  [[nodiscard]] std::size_t since_key_frame() const;
  // Calls f(MediaPacket) for those packets in order, as if they came now.
  template <class F>
  void replay(Instant now, F f) const {
    for (std::int64_t sequence = key_frame_; sequence <= unwrapper_.highest(); ++sequence)
      if (const auto packet = kept(now, sequence)) f(*packet);
  }

  // Bit i: the packet `sequence` - 1 - i has not come, but could have.
  [[nodiscard]] std::uint32_t lost_before(std::uint16_t sequence, std::size_t count) const;

  [[nodiscard]] bool active(Instant now) const {
    return stats_.started() && now - stats_.last_arrival() < kInactiveAfter;
  }
  [[nodiscard]] media::Layer layer() const { return layer_; }
  [[nodiscard]] const PacketHistory& history() const { return history_; }
  [[nodiscard]] ReceiveStats& stats() { return stats_; }
  [[nodiscard]] NackTracker& nacks() { return nacks_; }
  [[nodiscard]] TemporalRates& rates() { return rates_; }

  std::uint32_t ssrc = 0;  // 0: not known yet
  std::uint32_t rtx_ssrc = 0;

 private:
  // Empty: not a payload of the codec. What is encrypted end to end looks like none; its descriptor stays in the clear
  // and says where key frames begin.
  [[nodiscard]] std::optional<PayloadInfo> inspect(Bytes payload, Bytes descriptor) const;
  [[nodiscard]] std::optional<MediaPacket> kept(Instant now, std::int64_t sequence) const;

  const Codec& codec_;
  media::Layer layer_;
  SequenceUnwrapper unwrapper_;
  ReceiveStats stats_;
  NackTracker nacks_;
  PacketHistory history_;
  TemporalRates rates_;
  std::int64_t first_ = -1;
  std::int64_t key_frame_ = -1;  // where the newest begins
};

}  // namespace costage::sfu
