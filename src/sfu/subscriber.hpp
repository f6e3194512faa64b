// The receiving half of one peer: the tracks that it gets, and what it reports of them.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/media.hpp"
#include "base/time.hpp"
#include "sfu/congestion/downlink.hpp"
#include "sfu/congestion/quality.hpp"
#include "sfu/context.hpp"
#include "sfu/forward/fan_out.hpp"
#include "sfu/negotiation/down_section.hpp"
#include "sfu/wire/rtcp/compound.hpp"
#include "sfu/wire/rtcp/report_block.hpp"

namespace costage::sfu {

class Subscriber {
 public:
  Subscriber(Context& context, PeerTimers& timers, const media::AddPeer& command, PeerTransport& transport,
             DownSections& sections);

  // Media flows only from here on: a key frame sent earlier would be lost.
  void on_connected(Instant now);
  // What a negotiation brought: media of the started flows as soon as the transport is connected.
  void on_agreed(const std::vector<StartedSection>& started, const std::vector<media::TrackSid>& refused, Instant now);

  void subscribe(const media::Subscribe& command);
  void unsubscribe(const media::TrackSid& track);
  void configure(const media::ConfigureSubscription& wish, Instant now);

  void on_rtcp(Instant now, Bytes packet);
  // Shares the bandwidth among the videos.
  void allocate(Instant now);
  // 0: as much as the path takes.
  void limit(std::uint64_t bits_per_second) { limit_ = bits_per_second == 0 ? Downlink::kUnlimited : bits_per_second; }
  void send_reports(Instant now);
  // Since the last call; empty when nothing was reported.
  [[nodiscard]] std::optional<LinkSample> take_link_sample();
  [[nodiscard]] std::vector<media::TrackSid> tracks() const;
  [[nodiscard]] const Outlet* outlet() const { return &outlet_; }
  // What must hold between this and the tracks it names.
  void check() const;

 private:
  struct Stream {
    media::TrackSid track;
    std::uint32_t ssrc = 0;
    // From ConfigureSubscription, which may come before the answer that starts the stream.
    bool enabled = true;
    media::Layer max_layer = media::Layer::high;
    std::uint32_t max_fps = 0;
    bool started = false;
    bool paused = false;
  };

  // The two ends of a started stream; nullptr where there is none.
  struct Open {
    PublishedTrack* track = nullptr;
    Subscription* viewer = nullptr;
  };

  void apply_grant(Instant now, Stream& stream, std::optional<Grant> grant);
  void start(const StartedSection& section, Instant now);
  void refuse(const media::TrackSid& track, media::SubscriptionFailure why);
  [[nodiscard]] Stream* find(const media::TrackSid& track);
  [[nodiscard]] Stream* find_ssrc(std::uint32_t ssrc);
  [[nodiscard]] Open subscription(const Stream& stream) const;

  void changed() { timers_.at_most(PeerTimer::offers, Instant{}); }
  void on_rtcp_packet(Instant now, const rtcp::Packet& packet);
  void on_reports(Instant now, const rtcp::ReportBlocks& blocks);
  void on_nack(Instant now, const rtcp::Packet& packet);
  void on_key_frame_request(Instant now, std::uint32_t ssrc);
  void resend(Instant now, PublishedTrack& track, Subscription& viewer, std::uint16_t lost);
  void measure_round_trip(Instant now, const rtcp::ReportBlock& block);
  [[nodiscard]] std::uint64_t sending(Instant now) {
    return outlet_.audio.bits_per_second(now) + outlet_.video.bits_per_second(now);
  }

  Context& context_;
  PeerTimers& timers_;
  const media::PeerSid peer_;
  const Pausing pausing_;
  const bool streams_name_tracks_;
  PeerTransport& transport_;
  DownSections& sections_;
  Outlet outlet_;
  std::vector<Stream> streams_;
  std::vector<StartedSection> agreed_;  // before the transport was connected
  Downlink link_;
  std::uint64_t limit_ = Downlink::kUnlimited;
  Duration round_trip_{100'000};
  Duration jitter_{};
  std::uint32_t last_report_ntp_ = 0;  // middle 32 bits of the newest sender report's timestamp
  Instant last_report_at_{};
  float worst_loss_ = 0;
  bool reported_ = false;
};

}  // namespace costage::sfu
