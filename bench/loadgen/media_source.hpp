// A publisher's RTP without a camera: Opus at 50 packets/s and VP8 at 30 frames/s of 4 or 5 packets of 1100 bytes
// (1.19 Mbit/s), with the header extensions that browsers send. The payload is noise behind valid codec headers.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>

#include "base/bytes.hpp"
#include "base/rng.hpp"
#include "base/time.hpp"

namespace costage::bench {

// What the SDP offer of the publisher says.
inline constexpr std::uint8_t kOpusPayloadType = 111;
inline constexpr std::uint8_t kVp8PayloadType = 96;
inline constexpr std::uint8_t kMidExtension = 1;
inline constexpr std::uint8_t kTransportSequenceExtension = 2;
inline constexpr std::uint8_t kAudioLevelExtension = 3;

class MediaSource {
 public:
  using Send = std::function<void(Bytes)>;

  MediaSource(Rng& rng, Instant now);
  [[nodiscard]] std::uint32_t audio_ssrc() const { return audio_.ssrc; }
  [[nodiscard]] std::uint32_t video_ssrc() const { return video_.ssrc; }
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
  struct Slice {  // one packet of a frame that waits for its turn
    bool first = false;
    bool last = false;
    bool key = false;
    std::uint16_t picture = 0;
    std::uint32_t timestamp = 0;
  };

  void send_audio(const Send& send);
  void queue_frame();
  void send_slice(const Send& send);
  static void send_report(const Stream& stream, const Send& send);
  void begin_packet(ByteWriter& out, Stream& stream, std::uint8_t payload_type, bool marker, std::uint32_t timestamp);
  void finish_packet(const ByteWriter& packet, Stream& stream, const Send& send);

  Stream audio_;
  Stream video_;
  std::deque<Slice> slices_;
  bool key_frame_wanted_ = true;
  std::uint16_t picture_ = 0;
  std::uint32_t frames_ = 0;
  std::uint16_t transport_sequence_ = 0;
  std::uint64_t sent_ = 0;
  Buffer noise_;
};

}  // namespace costage::bench
