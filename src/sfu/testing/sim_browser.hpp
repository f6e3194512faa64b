// A simulated LiveKit client: two transports, SDP in both directions, a camera and a screen per received track.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sfu/negotiation/profile.hpp"
#include "sfu/peer/transport.hpp"
#include "sfu/testing/sim_camera.hpp"
#include "sfu/testing/sim_screen.hpp"
#include "sfu/wire/sdp/parse.hpp"
#include "sfu/wire/sdp/serialize.hpp"

namespace costage::sfu {

class SimBrowser {
 public:
  SimBrowser(TransportContext& context, Rng& rng, const Address& server, Address own, std::string name, Instant now)
      : name(std::move(name)),
        publisher_address(own),
        subscriber_address(own),
        publisher(context, TransportRole::client, now),
        subscriber(context, TransportRole::client, now),
        camera(rng, "1", "2"),
        context_(context),
        server_(server) {
    ++subscriber_address.port;
    publisher.open_channels(now);
  }

  const std::string name;
  Address publisher_address;
  Address subscriber_address;
  PeerTransport publisher;
  PeerTransport subscriber;
  SimCamera camera;
  std::vector<std::unique_ptr<SimScreen>> screens;
  std::vector<Buffer> messages;
  int answers = 0;
  sdp::Session last_offer;  // ours to answer

  [[nodiscard]] std::string make_offer(bool sending) const {
    sdp::Session out;
    out.origin.session_id = 1;
    out.media.push_back(section("application", "0", sdp::Direction::sendrecv));
    sdp::Media audio = section("audio", "1", sending ? sdp::Direction::sendonly : sdp::Direction::inactive);
    audio.payload_types = {SimCamera::kOpus};
    audio.rtpmaps = {{SimCamera::kOpus, "opus", 48000, 2}};
    audio.rtcp_feedback = {{SimCamera::kOpus, "nack"}};
    audio.extmaps = {{SimCamera::kMid, {}, std::string(kMidExtension)},
                     {SimCamera::kAudioLevel, {}, std::string(kAudioLevelExtension)}};
    audio.msids = {{"stream", name + "-microphone" + msid_suffix}};
    sdp::Media video = section("video", "2", sending ? sdp::Direction::sendonly : sdp::Direction::inactive);
    video.payload_types = {99, SimCamera::kVp8, SimCamera::kVp8Rtx};
    video.rtpmaps = {{99, "H265", 90000, 1}, {SimCamera::kVp8, "VP8", 90000, 1}, {SimCamera::kVp8Rtx, "rtx", 90000, 1}};
    video.fmtps = {{SimCamera::kVp8Rtx, "apt=120"}};
    for (const char* feedback : {"goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"})
      video.rtcp_feedback.push_back({SimCamera::kVp8, feedback});
    video.extmaps = {{SimCamera::kMid, {}, std::string(kMidExtension)},
                     {SimCamera::kRid, {}, std::string(kRidExtension)},
                     {SimCamera::kRepairedRid, {}, std::string(kRepairedRidExtension)},
                     {SimCamera::kTransportSequence, {}, std::string(kTransportSequenceExtension)}};
    video.msids = {{"stream", name + "-camera" + msid_suffix}};
    video.rids = {{"q", true, ""}, {"h", true, ""}, {"f", true, ""}};
    video.simulcast = sdp::Simulcast{{"q", "h", "f"}, {}};
    out.media.push_back(audio);
    out.media.push_back(video);
    for (const auto& m : out.media) out.bundle.push_back(m.mid);
    return sdp::serialize(out);
  }
  // False: not an answer one can use.
  bool take_answer(Instant now, const std::string& text) {
    const auto answer = sdp::parse(text);
    const auto remote = answer ? remote_parameters(*answer, false) : fail(std::string("not SDP"));
    if (!remote) return false;
    last_answer = *answer;
    return publisher.set_remote(now, to_server(*remote));
  }
  // Empty: not an offer one can answer.
  [[nodiscard]] std::optional<std::string> make_answer(Instant now, const std::string& text) {
    const auto offer = sdp::parse(text);
    auto remote = offer ? remote_parameters(*offer, true) : fail(std::string("not SDP"));
    if (!remote) return std::nullopt;
    last_offer = *offer;
    remote->our_role = DtlsRole::client;  // as browsers choose
    if (!subscriber.set_remote(now, to_server(*remote))) return std::nullopt;
    sdp::Session out = *offer;
    out.ice_lite = false;
    for (sdp::Media& m : out.media) answer_section(m, remote->our_role);
    ++answers;
    return sdp::serialize(out);
  }

  void on_packet(Instant now, const Address& from, const Address& to, MutableBytes bytes) {
    const bool up = to == publisher_address;
    PeerTransport& t = up ? publisher : subscriber;
    const Received r = t.on_packet(now, from, bytes);
    if (r.kind == Received::Kind::rtcp && up) camera.on_rtcp(r.packet, [&](Bytes rtp) { publisher.send_rtp(rtp); });
    if (r.kind == Received::Kind::rtp && !up) on_media(now, r.packet);
    for (TransportEvent& e : t.take_events())
      if (auto* message = std::get_if<ChannelMessage>(&e)) messages.push_back(std::move(message->bytes));
  }
  void tick_publisher(Instant now) {
    publisher.on_time(now);
    (void)publisher.take_events();
    if (publisher.state() != media::TransportState::connected || !publishing) return;
    camera.tick(now, [&](Bytes b) { publisher.send_rtp(b); }, [&](Bytes b) { publisher.send_rtcp(b); });
  }
  void tick_subscriber(Instant now) {
    subscriber.on_time(now);
    for (auto& screen : screens)
      if (const Buffer nack = screen->nack(now); !nack.empty()) subscriber.send_rtcp(nack);
  }
  [[nodiscard]] SimScreen* screen_of(const std::string& track) const {
    for (const sdp::Media& m : last_offer.media)
      for (const sdp::Msid& msid : m.msids)
        if (msid.track == track && m.direction == sdp::Direction::sendonly)
          for (const auto& s : screens)
            if (s->ssrc == m.ssrcs.front().ssrc) return s.get();
    return nullptr;
  }

  bool publishing = true;
  bool answering = true;
  std::string msid_suffix;   // of the track ids in offers
  sdp::Session last_answer;  // to us
  int unsignalled = 0;       // packets of SSRCs that no offer named

 private:
  sdp::Media section(const char* kind, const char* mid, sdp::Direction direction) const {
    sdp::Media m;
    m.kind = kind;
    m.mid = mid;
    m.direction = direction;
    const std::string fingerprint = context_.certificate.fingerprint();
    m.transport = {publisher.local().ufrag,
                   publisher.local().pwd.reveal(),
                   "trickle",
                   {{fingerprint.substr(0, 7), fingerprint.substr(8)}},
                   sdp::Setup::actpass};
    m.protocol = "UDP/TLS/RTP/SAVPF";
    m.rtcp_mux = true;
    if (m.kind == "application") {
      m.protocol = "UDP/DTLS/SCTP";
      m.format = "webrtc-datachannel";
      m.sctp_port = 5000;
    }
    return m;
  }
  [[nodiscard]] RemoteParameters to_server(RemoteParameters remote) const {
    remote.server = server_;
    return remote;
  }
  void answer_section(sdp::Media& m, DtlsRole role) {
    const std::string fingerprint = context_.certificate.fingerprint();
    if (m.direction == sdp::Direction::sendonly) {
      m.direction = sdp::Direction::recvonly;
      const std::uint32_t ssrc = m.ssrcs.front().ssrc;
      const bool known = std::any_of(screens.begin(), screens.end(), [&](const auto& s) { return s->ssrc == ssrc; });
      if (!known)
        screens.push_back(
            std::make_unique<SimScreen>(ssrc, m.ssrcs.size() > 1 ? m.ssrcs[1].ssrc : 0, m.kind == "video"));
    }
    m.ssrcs.clear();
    m.ssrc_groups.clear();
    m.msids.clear();
    m.candidates.clear();
    m.transport = {subscriber.local().ufrag,
                   subscriber.local().pwd.reveal(),
                   "trickle",
                   {{fingerprint.substr(0, 7), fingerprint.substr(8)}},
                   role == DtlsRole::client ? sdp::Setup::active : sdp::Setup::passive};
  }
  void on_media(Instant now, Bytes bytes) {
    const auto packet = rtp::parse(bytes);
    if (!packet) return;
    for (auto& screen : screens)
      if (packet->header.ssrc == screen->ssrc || packet->header.ssrc == screen->rtx_ssrc)
        return screen->on_rtp(now, *packet);
    ++unsignalled;
  }

  TransportContext& context_;
  Address server_;
};

}  // namespace costage::sfu
