// What both directions of negotiation share: header extension names, our side of the transport, candidates.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.hpp"
#include "base/result.hpp"
#include "sfu/peer/transport.hpp"
#include "sfu/wire/dependency_descriptor.hpp"
#include "sfu/wire/sdp/session.hpp"

namespace costage::sfu {

inline constexpr std::string_view kMidExtension = "urn:ietf:params:rtp-hdrext:sdes:mid";
inline constexpr std::string_view kRidExtension = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
inline constexpr std::string_view kRepairedRidExtension = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";
inline constexpr std::string_view kAudioLevelExtension = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
inline constexpr std::string_view kTransportSequenceExtension =
    "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
inline constexpr std::string_view kAbsSendTimeExtension = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
inline constexpr std::string_view kDependencyDescriptorExtension = dependency_descriptor::kUri;

// Our side of one transport, as it goes into an SDP.
struct LocalTransport {
  IceCredentials ice;
  std::string fingerprint;  // "sha-256 AB:.."
  std::vector<Address> candidates;
  std::uint64_t session_id = 0;
  std::uint64_t version = 0;
};

// An SDP of ours without media sections: our origin.
[[nodiscard]] sdp::Session empty_session(const LocalTransport& local);
// ICE credentials, fingerprint and role of one of our sections.
[[nodiscard]] sdp::TransportParameters section_transport(const LocalTransport& local, sdp::Setup setup);
// "192.0.2.7", "2001:db8:0:0:0:0:0:1"
[[nodiscard]] std::string ip_text(const Address& address);
// Values of a=candidate, best first (RFC 8839 section 5.1, RFC 6544 section 4.5).
[[nodiscard]] std::vector<std::string> candidate_lines(std::vector<Address> addresses);
// a=mid of every section that is not rejected, into a=group:BUNDLE; candidates into the first of them.
void finish_bundle(sdp::Session& session, const LocalTransport& local);

// The remote's transport from its first usable section; the error is a sentence for its developer.
[[nodiscard]] Result<RemoteParameters, std::string> remote_parameters(const sdp::Session& remote);

}  // namespace costage::sfu
