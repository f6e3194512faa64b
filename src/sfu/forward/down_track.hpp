// One subscription's outgoing RTP stream: takes packets of whichever layer is forwarded and writes them so that the
// receiver sees one unbroken stream (SSRC, sequence numbers, timestamps, picture ids), whatever is switched, paused or
// left out upstream. Writes plain RTP; protection and sending are the caller's.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "base/bytes.hpp"
#include "base/media_limits.hpp"
#include "base/time.hpp"
#include "sfu/forward/frame_selector.hpp"
#include "sfu/forward/layer_selector.hpp"
#include "sfu/forward/media_packet.hpp"
#include "sfu/forward/packet_history.hpp"
#include "sfu/forward/segment_map.hpp"
#include "sfu/forward/sparse_map.hpp"
#include "sfu/forward/temporal_filter.hpp"

namespace costage::sfu {

class DownTrack {
 public:
  struct Config {
    const Codec* codec = nullptr;
    std::uint32_t ssrc = 0;
    std::uint32_t rtx_ssrc = 0;  // 0: no retransmission (a GCM packet number is never used twice)
    std::uint8_t payload_type = 0;
    std::uint8_t rtx_payload_type = 0;
    std::uint8_t abs_send_time_id = 0;  // header extension ids, 0: not negotiated
    std::uint8_t descriptor_id = 0;
    std::uint16_t first_sequence = 0;
    bool scalable = false;              // the source is one stream of many layers
    std::uint8_t red_payload_type = 0;  // 0: plain Opus
  };
  explicit DownTrack(const Config& config);

  // The layer to forward; empty pauses at once. A change of layer takes place at that layer's next key frame. Of it
  // nothing above this temporal layer.
  void set_target(std::optional<media::Layer> target, std::uint8_t temporal = kAllTemporalLayers);
  [[nodiscard]] std::optional<media::Layer> target() const { return target_; }
  [[nodiscard]] std::optional<media::Layer> current() const { return picked_ ? picked_->current() : current_; }
  // The layer whose key frame is being waited for.
  [[nodiscard]] std::optional<media::Layer> wanted_key_frame() const {
    const bool waits = picked_ ? picked_->waits_for_key_frame() : target_ != current_;
    return waits ? target_ : std::nullopt;
  }

  // Writes the packet for this subscriber; returns its size, 0: not for this subscriber.
  std::size_t write(const MediaPacket& packet, const SenderClocks& clocks, MutableBytes out);
  // The layer and source sequence number of a packet the subscriber asks for again; empty when it was never sent, was
  // resent within `min_gap`, or too often.
  struct Source {
    media::Layer layer{};
    std::int64_t sequence = 0;
    std::int64_t out = 0;  // under which it was sent
    bool marker = false;   // of a scalable source, where it may have been set here
  };
  [[nodiscard]] std::optional<Source> resend_source(Instant now, std::uint16_t lost, Duration min_gap);
  // Writes it again as RTX (RFC 4588).
  std::size_t write_resend(Instant now, const Source& source, const PacketHistory::Packet& packet, MutableBytes out);

  struct SenderReport {
    std::uint64_t ntp = 0;
    std::uint32_t rtp = 0;
    std::uint32_t packets = 0;
    std::uint32_t octets = 0;
  };
  // The publisher's clock on this stream's timeline; empty until the publisher has told its clock.
  [[nodiscard]] std::optional<SenderReport> sender_report(Instant now, const SenderClocks& clocks) const;

  [[nodiscard]] const Config& config() const { return config_; }
  // The client takes the stream in another section: other payload types and header extensions, the numbers go on.
  void move_to(const Config& config) { config_ = config; }
  [[nodiscard]] bool flowing() const { return packets_ > 0; }

 private:
  struct Resent {
    std::uint16_t sequence = 0;
    std::uint8_t times = 0;
    Instant at{};
  };
  std::size_t write_whole(const MediaPacket& packet, const SenderClocks& clocks, MutableBytes out);
  std::size_t write_picked(const MediaPacket& packet, MutableBytes out);
  std::size_t write_thinned(const MediaPacket& packet, const SenderClocks& clocks, MutableBytes out);
  [[nodiscard]] std::optional<TemporalFilter::Place> place_of(media::Layer layer, std::int64_t sequence) const;
  [[nodiscard]] std::optional<Source> source_of(std::int64_t out) const;
  [[nodiscard]] bool belongs_to_the_past(const MediaPacket& packet) const;
  [[nodiscard]] bool may_switch_to(const MediaPacket& packet) const;
  void switch_to(const MediaPacket& packet, const SenderClocks& clocks);
  [[nodiscard]] std::uint32_t aligned_timestamp(const MediaPacket& packet, const SenderClocks& clocks) const;
  [[nodiscard]] PictureShift continued_pictures(const PayloadInfo& info) const;
  void renumber_pictures(MutableBytes payload, const PayloadInfo& info, const PictureShift& shift) const;
  void close_segment(std::int64_t in_last);
  void leave_out(std::int64_t sequence);
  void remember(const MediaPacket& packet, const Segment& segment, std::int64_t out);
  enum class Stream : std::uint8_t { media, red, rtx };
  void write_header(ByteWriter& out, Stream stream, bool marker, std::uint16_t sequence, std::uint32_t timestamp,
                    Instant now, Bytes descriptor) const;

  Config config_;
  std::optional<media::Layer> target_;
  std::optional<media::Layer> current_;
  SegmentMap segments_;
  std::int64_t highest_in_ = 0;  // of the newest segment
  std::int64_t highest_out_ = 0;
  std::uint32_t last_timestamp_ = 0;
  Instant last_at_{};
  std::uint16_t last_picture_id_ = 0;
  std::uint8_t last_tl0_ = 0;
  std::uint16_t rtx_sequence_ = 0;
  std::uint32_t packets_ = 0;
  std::uint32_t octets_ = 0;
  // Of a scalable source, whose timestamps and picture ids are its own.
  struct Picked {
    FrameSelector frames;
    LayerSelector layers;  // of packets without a descriptor
    bool described = false;
    SparseMap sequences;
    bool started = false;
    [[nodiscard]] std::optional<media::Layer> current() const {
      return described ? frames.current() : layers.current();
    }
    [[nodiscard]] bool waits_for_key_frame() const {
      return described ? frames.waits_for_key_frame() : layers.waits_for_key_frame();
    }
  };
  static_assert(sizeof(Picked) <= media::kScalableBytes, "media_limits.hpp sums them up");
  std::unique_ptr<Picked> picked_;
  // By layer, once some temporal layers were not wanted: what follows them, the map of segments first, counts without
  // the packets that they leave out.
  using Thinned = std::array<TemporalFilter, kMaxLayers>;
  static_assert(sizeof(Thinned) <= media::kScalableBytes, "media_limits.hpp sums them up");
  std::unique_ptr<Thinned> thinned_;
  static constexpr int kMaxResends = 5;
  std::array<Resent, 128> resent_{};
};

}  // namespace costage::sfu
