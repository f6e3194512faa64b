// What WebRTC says in SDP (RFC 8866, JSEP RFC 8829), as a model: only what this program reads or writes; the rest of a
// description is dropped. parse.hpp and serialize.hpp convert it from and to text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace costage::sfu::sdp {

enum class Direction : std::uint8_t { sendrecv, sendonly, recvonly, inactive };
enum class Setup : std::uint8_t { actpass, active, passive, holdconn };  // RFC 4145

struct Origin {
  std::string username = "-";
  std::uint64_t session_id = 0;
  std::uint64_t session_version = 0;
  friend bool operator==(const Origin&, const Origin&) = default;
};

struct Fingerprint {  // RFC 8122
  std::string hash;   // "sha-256", lower case
  std::string value;  // "AB:CD:..", upper case
  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

// What a section or, for all of them, the session says of its transport.
struct TransportParameters {
  std::string ice_ufrag;
  std::string ice_pwd;
  std::string ice_options;  // "trickle renomination"
  std::vector<Fingerprint> fingerprints;
  std::optional<Setup> setup;
  friend bool operator==(const TransportParameters&, const TransportParameters&) = default;
};

struct RtpMap {
  std::uint8_t payload_type = 0;
  std::string name;  // "VP8", "opus", "rtx"
  std::uint32_t clock_rate = 0;
  std::uint8_t channels = 1;
  friend bool operator==(const RtpMap&, const RtpMap&) = default;
};
struct Fmtp {
  std::uint8_t payload_type = 0;
  std::string parameters;  // "minptime=10;useinbandfec=1"
  friend bool operator==(const Fmtp&, const Fmtp&) = default;
};
struct RtcpFeedback {
  std::optional<std::uint8_t> payload_type;  // empty: "*", all of them
  std::string value;                         // "nack pli"
  friend bool operator==(const RtcpFeedback&, const RtcpFeedback&) = default;
};
struct ExtMap {  // RFC 8285
  std::uint8_t id = 0;
  std::optional<Direction> direction;
  std::string uri;
  friend bool operator==(const ExtMap&, const ExtMap&) = default;
};
struct Msid {  // RFC 8830
  std::string stream;
  std::string track;
  friend bool operator==(const Msid&, const Msid&) = default;
};
struct Ssrc {  // RFC 5576
  std::uint32_t ssrc = 0;
  std::string cname;
  std::string msid;  // "stream track", the form before RFC 8830
  friend bool operator==(const Ssrc&, const Ssrc&) = default;
};
struct SsrcGroup {
  std::string semantics;  // "FID": media and RTX; "SIM": simulcast layers
  std::vector<std::uint32_t> ssrcs;
  friend bool operator==(const SsrcGroup&, const SsrcGroup&) = default;
};
struct Rid {  // RFC 8851
  std::string id;
  bool send = true;
  std::string restrictions;
  friend bool operator==(const Rid&, const Rid&) = default;
};
struct Simulcast {  // RFC 8853: streams in order; each "rid", "~rid" when paused, or alternatives with commas
  std::vector<std::string> send;
  std::vector<std::string> recv;
  friend bool operator==(const Simulcast&, const Simulcast&) = default;
};

struct Media {
  std::string kind;  // "audio", "video", "application"
  std::uint16_t port = 9;
  std::string protocol;                     // "UDP/TLS/RTP/SAVPF"
  std::vector<std::uint8_t> payload_types;  // of an RTP section, best first
  std::string format;                       // of any other: "webrtc-datachannel"
  std::string mid;
  Direction direction = Direction::sendrecv;
  TransportParameters transport;
  std::vector<std::string> candidates;  // as in RFC 8839, without "candidate:"
  bool end_of_candidates = false;
  bool rtcp_mux = false;
  bool rtcp_rsize = false;
  bool bundle_only = false;
  bool extmap_allow_mixed = false;
  std::vector<RtpMap> rtpmaps;
  std::vector<Fmtp> fmtps;
  std::vector<RtcpFeedback> rtcp_feedback;
  std::vector<ExtMap> extmaps;
  std::vector<Msid> msids;  // a track in several streams has several
  std::vector<Ssrc> ssrcs;
  std::vector<SsrcGroup> ssrc_groups;
  std::vector<Rid> rids;
  std::optional<Simulcast> simulcast;
  std::optional<std::uint16_t> sctp_port;  // RFC 8841
  std::optional<std::uint64_t> max_message_size;
  friend bool operator==(const Media&, const Media&) = default;

  [[nodiscard]] bool is_rtp() const { return protocol.find("RTP/") != std::string::npos; }
  [[nodiscard]] const RtpMap* rtpmap(std::uint8_t payload_type) const;
  // Empty where there is no a=fmtp.
  [[nodiscard]] std::string_view fmtp(std::uint8_t payload_type) const;
  [[nodiscard]] const ExtMap* extmap(std::string_view uri) const;
  // a=rtcp-fb of this payload type or of all, e.g. has_feedback(96, "nack pli").
  [[nodiscard]] bool has_feedback(std::uint8_t payload_type, std::string_view value) const;
};

struct Session {
  Origin origin;
  bool ice_lite = false;
  bool extmap_allow_mixed = false;
  std::vector<std::string> bundle;  // mids of the first a=group:BUNDLE
  std::string msid_semantic;        // "WMS *", without surrounding spaces
  TransportParameters transport;
  std::vector<Media> media;
  friend bool operator==(const Session&, const Session&) = default;
};

// The section's parameters where it has them, else the session's.
[[nodiscard]] TransportParameters transport_of(const Session& session, const Media& media);

// One parameter of an a=fmtp value: fmtp_parameter("apt=96", "apt") is "96". Empty when absent.
[[nodiscard]] std::string_view fmtp_parameter(std::string_view parameters, std::string_view name);

}  // namespace costage::sfu::sdp
