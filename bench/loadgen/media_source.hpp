// A publisher's RTP without a camera: Opus at 50 packets/s and video at 30 pictures/s of 4 or 5 packets of 1100 bytes
// (1.19 Mbit/s; with spatial layers, of the highest), with the header extensions that browsers send. The payload is
// noise behind valid codec headers.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>

#include "base/bytes.hpp"
#include "base/rng.hpp"
#include "base/time.hpp"
#include "loadgen/video_codec.hpp"

namespace costage::bench {

// The end of each payload, which servers pass on unread: a mark and the Instant at which the packet was written.
inline constexpr std::size_t kStampSize = 12;
// Empty: there is no stamp, as in what a server makes up itself.
[[nodiscard]] std::optional<Instant> stamp_of(Bytes packet);

// What the SDP offer of the publisher says.
inline constexpr std::uint8_t kOpusPayloadType = 111;
inline constexpr std::uint8_t kMidExtension = 1;
inline constexpr std::uint8_t kTransportSequenceExtension = 2;
inline constexpr std::uint8_t kAudioLevelExtension = 3;
inline constexpr std::uint8_t kDescriptorExtension = 4;
inline constexpr std::uint8_t kAbsSendTimeExtension = 5;

class MediaSource {
 public:
  using Send = std::function<void(Bytes)>;

  MediaSource(Rng& rng, Instant now, VideoCodec codec);
  [[nodiscard]] std::uint32_t audio_ssrc() const { return audio_.ssrc; }
  [[nodiscard]] std::uint32_t video_ssrc() const { return video_.ssrc; }
  [[nodiscard]] VideoCodec codec() const { return codec_; }
  // The next frame is a key frame.
  void request_key_frame() { key_frame_wanted_ = true; }
  // Gives `rtp` and `rtcp` what is due. A frame is spread over ticks as a pacer would, so call at least every 5 ms.
  void on_time(Instant now, const Send& rtp, const Send& rtcp);
  [[nodiscard]] std::uint64_t sent() const { return sent_; }

 private:
  struct Stream {
    std::uint32_t ssrc = 0;
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0;
    Instant next{};
    std::uint32_t packets = 0;
    std::uint32_t octets = 0;
    Instant next_report{};
  };
  // Fills the packet up to `size`, with its stamp at the end.
  void finish_payload(ByteWriter& out, std::size_t size) const;
  void send_audio(const Send& send);
  void queue_picture();
  void queue_frame(std::uint8_t spatial, std::uint8_t packets, bool key);
  void send_slice(const Send& send);
  static void send_report(const Stream& stream, const Send& send);
  void begin_audio_packet(ByteWriter& out);
  void begin_video_packet(ByteWriter& out, const Slice& slice);
  void finish_packet(const ByteWriter& packet, Stream& stream, const Send& send);

  VideoCodec codec_;
  DescriptorWriter descriptors_;
  Stream audio_;
  Stream video_;
  std::deque<Slice> slices_;
  bool key_frame_wanted_ = true;
  std::uint32_t pictures_ = 0;
  std::uint32_t since_key_ = 0;  // pictures
  std::uint16_t frames_ = 0;     // of all spatial layers
  std::uint16_t transport_sequence_ = 0;
  std::uint64_t sent_ = 0;
  Buffer noise_;
};

}  // namespace costage::bench
