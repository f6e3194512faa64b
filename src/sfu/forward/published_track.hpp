// One published track: its received layers, its viewers, and what it asks of its publisher (retransmissions, key
// frames).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/media.hpp"
#include "base/time.hpp"
#include "sfu/congestion/allocator.hpp"
#include "sfu/forward/audio_activity.hpp"
#include "sfu/forward/fan_out.hpp"
#include "sfu/forward/key_frame_throttle.hpp"
#include "sfu/forward/layer_demand.hpp"
#include "sfu/forward/published_layer.hpp"
#include "sfu/forward/scalable_stream.hpp"
#include "sfu/timers.hpp"

namespace costage::sfu {

class PublishedTrack {
 public:
  // Sent to a newcomer at once: 120 KB, a second of a megabit.
  static constexpr std::size_t kMaxReplay = 100;

  PublishedTrack(media::RoomSid room, const media::PublishTrack& announced, PeerTimers& publisher, Instant now)
      : room(std::move(room)),
        announced(announced),
        announced_at(now),
        publisher_(publisher),
        muted_(announced.muted) {}

  media::RoomSid room;
  const media::PublishTrack announced;
  const Instant announced_at;

  // Takes the memory of its layers: once, when a media section of the publisher's offer is found to carry it.
  void bind(const Codec& codec, std::string mid, const std::vector<media::Layer>& layers, std::string fmtp = {},
            std::uint8_t red_payload_type = 0);
  [[nodiscard]] bool bound() const { return codec_ != nullptr; }
  [[nodiscard]] const Codec& codec() const { return *codec_; }
  [[nodiscard]] const std::string& fmtp() const { return fmtp_; }
  [[nodiscard]] std::uint8_t red_payload_type() const { return red_payload_type_; }
  // Its viewers get some of its frames, not one of its streams.
  [[nodiscard]] bool scalable() const { return scalable_ != nullptr; }
  [[nodiscard]] const std::string& mid() const { return mid_; }

  [[nodiscard]] PublishedLayer* layer(media::Layer layer) { return layers_[static_cast<std::size_t>(layer)].get(); }
  [[nodiscard]] const std::array<std::unique_ptr<PublishedLayer>, kMaxLayers>& layers() const { return layers_; }

  // Step one: the publisher's packet comes in.
  [[nodiscard]] std::optional<MediaPacket> on_rtp(media::Layer layer, const IncomingRtp& in);
  void on_sender_report(Instant now, media::Layer layer, std::uint64_t ntp, std::uint32_t rtp);
  [[nodiscard]] const SenderClocks& clocks() const { return clocks_; }
  // True once, with the first media packet.
  [[nodiscard]] bool take_started_flowing();

  // Step two: its viewers.
  FanOut viewers;
  // Chooses each viewer's layer anew from what it wants, what it is granted and what is there, and asks for the key
  // frames that needs.
  void retarget(Instant now);
  void retarget(Instant now, Subscription& viewer);
  // A viewer has come: shows it the newest key frame and what followed, where that is kept and not much, and then the
  // live stream; so its first picture waits for no new key frame.
  void begin(Instant now, Subscription& viewer, PacketBatch& batch, Stats& stats);
  void set_muted(Instant now, bool muted);
  [[nodiscard]] bool muted() const { return muted_; }

  // What this viewer could be sent of what it wants.
  [[nodiscard]] Ladder ladder(Instant now, const Subscription& viewer);
  // The highest layer anybody wants; empty: nobody wants it.
  [[nodiscard]] std::optional<media::Layer> demand() const;

  KeyFrameThrottle key_frames;
  // Of a video; wakes the publisher for it.
  void want_key_frame(Instant now, media::Layer layer);
  AudioActivity activity;
  LayerDemandMemory demand_memory;

 private:
  [[nodiscard]] std::optional<media::Layer> best_layer(Instant now, media::Layer limit) const;
  // What this viewer is to get; empty: nothing.
  [[nodiscard]] std::optional<media::Layer> layer_for(Instant now, const Subscription& viewer) const;
  // Those of a scalable stream without the layers below.
  [[nodiscard]] TemporalRates* rates_of(Instant now, media::Layer layer);
  // Of a layer and what it needs, up to a temporal layer; 0: it is not sent.
  [[nodiscard]] std::uint64_t bitrate(Instant now, media::Layer layer, std::uint8_t temporal);
  // As many temporal layers as this viewer wants frames.
  [[nodiscard]] std::uint8_t temporal_limit(Instant now, media::Layer layer, const Subscription& viewer);
  void add_rungs(Instant now, media::Layer layer, const Subscription& viewer, Ladder& out);
  [[nodiscard]] const PublishedLayer* layer_to_replay(Instant now, media::Layer limit) const;
  [[nodiscard]] media::Layer only_layer() const;

  PeerTimers& publisher_;
  const Codec* codec_ = nullptr;
  std::string mid_;
  std::uint8_t red_payload_type_ = 0;
  std::string fmtp_;  // of the codec, as its publisher offered it
  std::array<std::unique_ptr<PublishedLayer>, kMaxLayers> layers_;
  std::unique_ptr<ScalableStream> scalable_;  // all layers are in the one stream
  SenderClocks clocks_;
  bool muted_;
  bool flowing_ = false;
  bool started_flowing_ = false;
};

}  // namespace costage::sfu
