// What a publisher of video sends, by codec: its lines of SDP, the headers at the front of a packet's payload, and for
// AV1 the dependency descriptors. A picture has the same packets with every codec, so that figures can be compared by
// packet.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "sfu/wire/dependency_descriptor.hpp"

namespace costage::bench {

// av1: L1T3. av1_svc: L3T3_KEY, what LiveKit's browser client publishes; its two small layers come on top.
enum class VideoCodec : std::uint8_t { vp8, h264, av1, av1_svc };

struct VideoCodecRow {
  VideoCodec codec{};
  std::string_view option;  // of the command line
  std::string_view name;    // as in a=rtpmap
  std::uint8_t payload_type = 0;
  std::string_view fmtp;  // empty: has none
  std::uint8_t spatial_layers = 1;
  bool descriptors = false;
};

// Payload types as Chromium's.
inline constexpr std::array kVideoCodecs = {
    VideoCodecRow{VideoCodec::vp8, "vp8", "VP8", 96, ""},
    VideoCodecRow{VideoCodec::h264, "h264", "H264", 108,
                  "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"},
    VideoCodecRow{VideoCodec::av1, "av1", "AV1", 45, "level-idx=5;profile=0;tier=0", 1, true},
    VideoCodecRow{VideoCodec::av1_svc, "av1-svc", "AV1", 45, "level-idx=5;profile=0;tier=0", 3, true},
};

[[nodiscard]] constexpr const VideoCodecRow& row_of(VideoCodec codec) {
  return kVideoCodecs[static_cast<std::size_t>(codec)];
}

// One packet of a picture: of its frame of one spatial layer.
struct Slice {
  std::uint8_t index = 0;  // in the frame
  std::uint8_t count = 1;  // of the frame's packets
  std::uint8_t spatial = 0;
  bool marker = false;  // the picture's last
  bool key = false;
  std::uint16_t picture = 0;
  std::uint32_t since_key = 0;  // pictures
  std::uint16_t frame = 0;      // counts the frames of all layers
  std::uint32_t timestamp = 0;

  [[nodiscard]] bool first() const { return index == 0; }
  [[nodiscard]] bool last() const { return index + 1 == count; }
};

// What the payload begins with; anything may follow, up to `packet_size` bytes in all.
void write_payload_headers(ByteWriter& out, VideoCodec codec, const Slice& slice, std::size_t packet_size);

// Dependency descriptors of three temporal layers, T0 T2 T1 T2 from each key picture on, as libwebrtc's.
class DescriptorWriter {
 public:
  explicit DescriptorWriter(VideoCodec codec);
  void write(ByteWriter& out, const Slice& slice) const;

 private:
  sfu::dependency_descriptor::Structure structure_;
};

}  // namespace costage::bench
