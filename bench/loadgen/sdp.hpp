// As much SDP as a LiveKit participant of the load generator needs: read the server's, write an answer to its offer,
// write the offer of one audio and one video track.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.hpp"
#include "loadgen/video_codec.hpp"
#include "sfu/peer/ice_credentials.hpp"

namespace costage::bench {

struct SdpSection {
  std::string media;    // "audio", "video", "application"
  std::string formats;  // "111 63"
  std::string mid;
  std::string direction = "sendrecv";  // as written: of the side whose SDP it is
  std::string publisher;               // PA_ sid: the part of a=msid before '|'
  std::vector<std::uint32_t> ssrcs;
  std::vector<std::string> codec_lines;  // rtpmap, fmtp, rtcp-fb, extmap
};

struct SdpDescription {
  sfu::IceCredentials ice;
  std::string fingerprint;
  std::string setup;
  std::optional<Address> candidate;  // the first IPv4 UDP one
  std::vector<SdpSection> sections;
};

[[nodiscard]] SdpDescription parse_sdp(std::string_view text);
// "candidate:1 1 udp 2130706431 127.0.0.1 7882 typ host"; empty unless IPv4 and UDP.
[[nodiscard]] std::optional<Address> parse_candidate(std::string_view line);

struct LocalTransport {
  sfu::IceCredentials ice;
  std::string fingerprint;
};
[[nodiscard]] std::string write_answer(const SdpDescription& offer, const LocalTransport& local);

struct OfferedTracks {
  std::string audio_cid, video_cid;
  std::uint32_t audio_ssrc = 0, video_ssrc = 0;
  VideoCodec codec = VideoCodec::vp8;
};
[[nodiscard]] std::string write_offer(const OfferedTracks& tracks, const LocalTransport& local);

// Of a viewer with one connection, who offers as well: a section to receive each of these ("audio", "video"), in this
// order, and one for data channels. Later offers append to the sections of earlier ones.
[[nodiscard]] std::string write_receiving_offer(const std::vector<std::string>& media, const LocalTransport& local);

}  // namespace costage::bench
