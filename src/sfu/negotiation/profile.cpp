#include "sfu/negotiation/profile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace costage::sfu {
namespace {

bool usable(const sdp::Media& m) { return m.port != 0 || m.bundle_only; }

}  // namespace

std::string ip_text(const Address& a) {
  if (a.is_v4()) return fmt::format("{}.{}.{}.{}", a.ip[12], a.ip[13], a.ip[14], a.ip[15]);
  std::string out;
  for (std::size_t i = 0; i < 16; i += 2) out += fmt::format("{}{:x}", i == 0 ? "" : ":", a.ip[i] << 8 | a.ip[i + 1]);
  return out;
}

sdp::Session empty_session(const LocalTransport& local) {
  sdp::Session out;
  out.origin = {"-", local.session_id, local.version};
  out.extmap_allow_mixed = true;
  out.msid_semantic = "WMS *";
  return out;
}

sdp::TransportParameters section_transport(const LocalTransport& local, sdp::Setup setup) {
  const std::size_t space = local.fingerprint.find(' ');
  return {.ice_ufrag = local.ice.ufrag,
          .ice_pwd = local.ice.pwd.reveal(),
          .ice_options = "trickle",
          .fingerprints = {{local.fingerprint.substr(0, space), local.fingerprint.substr(space + 1)}},
          .setup = setup};
}

namespace {

// UDP: type preference of host candidates, local preference by order, component 1 (RFC 8445 section 5.1.2.1). TCP: a
// type preference below that of UDP, libwebrtc's, and in the local preference the direction "passive" before the order
// (RFC 6544 section 4.2).
std::uint32_t candidate_priority(IpProtocol protocol, std::size_t index) {
  const auto behind = static_cast<std::uint32_t>(index);
  if (protocol == IpProtocol::udp) return 126U << 24 | (65535U - behind) << 8 | 255U;
  return 90U << 24 | (4U << 13 | (8191U - behind)) << 8 | 255U;
}

bool is_loopback(const Address& a) {
  static constexpr std::array<std::uint8_t, 16> kV6{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  return a.is_v4() ? a.ip[12] == 127 : a.ip == kV6;
}

}  // namespace

// Loopback addresses last: RFC 8445 section 5.1.1.1 wants none at all. A client's socket of another address reaches
// them, but is answered from another address, so that the pair never works; and while that is the best one, a client
// that would nominate the best pair as soon as it works puts that off until its next round (pion: 200 ms).
std::vector<std::string> candidate_lines(std::vector<Address> addresses) {
  std::ranges::stable_partition(addresses, [](const Address& a) { return !is_loopback(a); });
  std::vector<std::string> out;
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const Address& a = addresses[i];
    const bool tcp = a.protocol == IpProtocol::tcp;
    out.push_back(fmt::format("{} 1 {} {} {} {} typ host{}", i + 1, tcp ? "tcp" : "udp",
                              candidate_priority(a.protocol, i), ip_text(a), a.port, tcp ? " tcptype passive" : ""));
  }
  return out;
}

void finish_bundle(sdp::Session& session, const LocalTransport& local) {
  for (sdp::Media& m : session.media) {
    if (m.port == 0) continue;
    if (session.bundle.empty()) {
      m.candidates = candidate_lines(local.candidates);
      m.end_of_candidates = true;
    }
    session.bundle.push_back(m.mid);
  }
}

Result<RemoteParameters, std::string> remote_parameters(const sdp::Session& remote) {
  const auto first = std::find_if(remote.media.begin(), remote.media.end(), usable);
  if (first == remote.media.end()) return fail(std::string("the description has no media section that is in use"));
  const sdp::TransportParameters t = transport_of(remote, *first);
  if (t.ice_ufrag.empty() || t.ice_pwd.empty()) return fail(std::string("the description has no ICE credentials"));
  const auto strongest = std::find_if(t.fingerprints.begin(), t.fingerprints.end(), [](const sdp::Fingerprint& f) {
    return f.hash == "sha-256" || f.hash == "sha-384" || f.hash == "sha-512";
  });
  if (strongest == t.fingerprints.end()) return fail(std::string("the description has no SHA-2 fingerprint"));

  RemoteParameters out;
  out.ice = {t.ice_ufrag, Secret{t.ice_pwd}};
  out.fingerprint = strongest->hash + " " + strongest->value;
  // Where we may choose, the remote sends the first DTLS flight: it may do so as soon as its own check was answered,
  // we only once its address is proven by the answer to ours (ice_controlled.hpp).
  out.our_role = t.setup == sdp::Setup::passive ? DtlsRole::client : DtlsRole::server;
  out.data_channels = std::any_of(remote.media.begin(), remote.media.end(),
                                  [](const sdp::Media& m) { return m.kind == "application" && usable(m); });
  return out;
}

}  // namespace costage::sfu
