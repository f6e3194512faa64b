// A simulated LiveKit client: a pair of transports or a single one, SDP in both directions, a camera and a screen per
// received track.
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
  SimBrowser(TransportContext& context, Rng& rng, const Address& server, Address own, std::string name, Instant now,
             media::Connections connections = media::Connections::pair)
      : name(std::move(name)),
        connections(connections),
        publisher_address(own),
        subscriber_address(own),
        publisher(context, TransportRole::client, now),
        subscriber(context, TransportRole::client, now),
        camera(rng, "1", "2"),
        context_(context),
        server_(server) {
    if (!single()) ++subscriber_address.port;
    publisher.open_channels(now);
  }

  const std::string name;
  const media::Connections connections;
  Address publisher_address;
  Address subscriber_address;
  PeerTransport publisher;
  PeerTransport subscriber;  // of a pair
  SimCamera camera;
  std::vector<std::unique_ptr<SimScreen>> screens;
  std::vector<Buffer> messages;
  int answers = 0;
  sdp::Session last_offer;  // ours to answer

  [[nodiscard]] bool single() const { return connections == media::Connections::single; }
  [[nodiscard]] PeerTransport& receiving() { return single() ? publisher : subscriber; }
  // The description that says what it receives.
  [[nodiscard]] const sdp::Session& receives() const { return single() ? last_answer : last_offer; }
  // A single connection's sections to receive on; livekit-client begins with three of each kind.
  void lend(std::uint32_t audios, std::uint32_t videos) {
    lent_kinds_.insert(lent_kinds_.end(), audios, "audio");
    lent_kinds_.insert(lent_kinds_.end(), videos, "video");
  }
  // A NAT gives it other addresses.
  void rebind() {
    publisher_address.port += 500;
    subscriber_address.port += 500;
  }

  [[nodiscard]] std::string make_offer(bool sending) const {
    sdp::Session out;
    out.origin.session_id = 1;
    out.media.push_back(section("application", "0", sdp::Direction::sendrecv));
    sdp::Media audio = audio_section("1", sending ? sdp::Direction::sendonly : sdp::Direction::inactive);
    audio.msids = {{"stream", name + "-microphone" + msid_suffix}};
    sdp::Media video = video_section("2", sending ? sdp::Direction::sendonly : sdp::Direction::inactive);
    video.msids = {{"stream", name + "-camera" + msid_suffix}};
    video.rids = {{"q", true, ""}, {"h", true, ""}, {"f", true, ""}};
    video.simulcast = sdp::Simulcast{{"q", "h", "f"}, {}};
    out.media.push_back(audio);
    out.media.push_back(video);
    for (const std::string_view kind : lent_kinds_) {
      const std::string mid = std::to_string(out.media.size());
      out.media.push_back(kind == "audio" ? audio_section(mid.c_str(), sdp::Direction::recvonly)
                                          : video_section(mid.c_str(), sdp::Direction::recvonly));
    }
    for (const auto& m : out.media) out.bundle.push_back(m.mid);
    return sdp::serialize(out);
  }
  // False: not an answer one can use.
  bool take_answer(Instant now, const std::string& text) {
    const auto answer = sdp::parse(text);
    const auto remote = answer ? remote_parameters(*answer) : fail(std::string("not SDP"));
    if (!remote) return false;
    last_answer = *answer;
    for (const sdp::Media& m : last_answer.media)
      if (m.direction == sdp::Direction::sendonly) watch(m);
    return publisher.set_remote(now, to_server(*remote));
  }
  // Empty: not an offer one can answer.
  [[nodiscard]] std::optional<std::string> make_answer(Instant now, const std::string& text) {
    const auto offer = sdp::parse(text);
    auto remote = offer ? remote_parameters(*offer) : fail(std::string("not SDP"));
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
    if (r.kind == Received::Kind::rtp && &t == &receiving()) on_media(now, r.packet);
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
    if (!single()) subscriber.on_time(now);
    for (auto& screen : screens)
      if (const Buffer nack = screen->nack(now); !nack.empty()) receiving().send_rtcp(nack);
  }
  [[nodiscard]] SimScreen* screen_of(const std::string& track) const {
    for (const sdp::Media& m : receives().media)
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
  sdp::Media audio_section(const char* mid, sdp::Direction direction) const {
    sdp::Media audio = section("audio", mid, direction);
    audio.payload_types = {SimCamera::kOpus};
    audio.rtpmaps = {{SimCamera::kOpus, "opus", 48000, 2}};
    audio.rtcp_feedback = {{SimCamera::kOpus, "nack"}};
    audio.extmaps = {{SimCamera::kMid, {}, std::string(kMidExtension)},
                     {SimCamera::kAudioLevel, {}, std::string(kAudioLevelExtension)}};
    return audio;
  }
  sdp::Media video_section(const char* mid, sdp::Direction direction) const {
    sdp::Media video = section("video", mid, direction);
    video.payload_types = {99, SimCamera::kVp8, SimCamera::kVp8Rtx};
    video.rtpmaps = {{99, "H265", 90000, 1}, {SimCamera::kVp8, "VP8", 90000, 1}, {SimCamera::kVp8Rtx, "rtx", 90000, 1}};
    video.fmtps = {{SimCamera::kVp8Rtx, "apt=120"}};
    for (const char* feedback : {"goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"})
      video.rtcp_feedback.push_back({SimCamera::kVp8, feedback});
    video.extmaps = {{SimCamera::kMid, {}, std::string(kMidExtension)},
                     {SimCamera::kRid, {}, std::string(kRidExtension)},
                     {SimCamera::kRepairedRid, {}, std::string(kRepairedRidExtension)},
                     {SimCamera::kTransportSequence, {}, std::string(kTransportSequenceExtension)}};
    return video;
  }
  [[nodiscard]] RemoteParameters to_server(RemoteParameters remote) const {
    remote.server = server_;
    return remote;
  }
  // A screen for the stream that the section brings, unless it has one.
  void watch(const sdp::Media& m) {
    const std::uint32_t ssrc = m.ssrcs.front().ssrc;
    const bool known = std::any_of(screens.begin(), screens.end(), [&](const auto& s) { return s->ssrc == ssrc; });
    if (known) return;
    const std::uint32_t rtx_ssrc = m.ssrcs.size() > 1 ? m.ssrcs[1].ssrc : 0;
    screens.push_back(std::make_unique<SimScreen>(ssrc, rtx_ssrc, m.kind == "video"));
  }
  void answer_section(sdp::Media& m, DtlsRole role) {
    const std::string fingerprint = context_.certificate.fingerprint();
    if (m.direction == sdp::Direction::sendonly) {
      m.direction = sdp::Direction::recvonly;
      watch(m);
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
  std::vector<std::string_view> lent_kinds_;  // behind its own sections
};

}  // namespace costage::sfu
