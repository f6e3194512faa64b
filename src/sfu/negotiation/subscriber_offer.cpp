#include "sfu/negotiation/subscriber_offer.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace costage::sfu {
namespace {

using media::Kind;

// Section 0 carries the data channels and, being always there, the BUNDLE.
sdp::Media data_section(const LocalTransport& local) {
  sdp::Media out;
  out.kind = "application";
  out.protocol = "UDP/DTLS/SCTP";
  out.format = "webrtc-datachannel";
  out.mid = "0";
  out.transport = section_transport(local, sdp::Setup::actpass);
  out.sctp_port = 5000;
  out.max_message_size = PeerTransport::kAnnouncedMaxMessage;
  return out;
}

void write_opus(const DownSectionContent* content, sdp::Media& out) {
  out.payload_types = {kOpusPayloadType};
  out.rtpmaps = {{kOpusPayloadType, "opus", 48000, 2}};
  const bool stereo = content != nullptr && content->stereo;
  out.fmtps = {
      {kOpusPayloadType, stereo ? "minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1" : "minptime=10;useinbandfec=1"}};
}

void write_vp8(sdp::Media& out) {
  out.payload_types = {kVp8PayloadType, kVp8RtxPayloadType};
  out.rtpmaps = {{kVp8PayloadType, "VP8", 90000, 1}, {kVp8RtxPayloadType, "rtx", 90000, 1}};
  out.fmtps = {{kVp8RtxPayloadType, fmt::format("apt={}", kVp8PayloadType)}};
  for (const char* feedback : {"goog-remb", "ccm fir", "nack", "nack pli"})
    out.rtcp_feedback.push_back({kVp8PayloadType, feedback});
  out.extmaps = {{kAbsSendTimeId, std::nullopt, std::string(kAbsSendTimeExtension)}};
}

void write_sender(const DownSectionContent& content, bool used_before, sdp::Media& out) {
  out.direction = sdp::Direction::sendonly;
  // A browser keeps the track id of a section's first use. Clients then take the track's sid from the stream id, which
  // costs such tracks the common stream name and with it lip-sync across tracks.
  const std::string& name = used_before ? content.track.value() : content.stream;
  out.msids = {{content.publisher + "|" + name, content.track.value()}};
  const std::string msid = out.msids[0].stream + " " + out.msids[0].track;
  out.ssrcs = {{content.ssrc, content.publisher, msid}};
  if (content.rtx_ssrc == 0) return;
  out.ssrcs.push_back({content.rtx_ssrc, content.publisher, msid});
  out.ssrc_groups = {{"FID", {content.ssrc, content.rtx_ssrc}}};
}

bool accepts(const sdp::Media& answer, const Codec& codec) {
  if (answer.port == 0) return false;
  if (answer.direction == sdp::Direction::inactive || answer.direction == sdp::Direction::sendonly) return false;
  return std::any_of(answer.rtpmaps.begin(), answer.rtpmaps.end(),
                     [&](const sdp::RtpMap& m) { return find_codec(m.name) == &codec; });
}

}  // namespace

bool SubscriberOffers::is_free(const Section& s, Kind kind) const {
  return s.kind == kind && !s.content && !s.offered && !s.answered;
}

bool SubscriberOffers::add(const DownSectionContent& content) {
  const Kind kind = content.codec->kind;
  auto s = std::find_if(sections_.begin(), sections_.end(), [&](const Section& x) { return is_free(x, kind); });
  if (s == sections_.end()) {
    if (sections_.size() == media::kMaxViewerTracks) return false;
    s = sections_.insert(sections_.end(), Section{.mid = std::to_string(sections_.size() + 1), .kind = kind});
  }
  s->content = content;
  changed_ = true;
  return true;
}

bool SubscriberOffers::remove(const media::TrackSid& track) {
  for (Section& s : sections_) {
    if (!s.content || s.content->track != track) continue;
    s.content.reset();
    s.used_before |= s.offered.has_value() || s.answered.has_value();
    changed_ = true;
    return true;
  }
  return false;
}

void SubscriberOffers::restart() {
  outstanding_ = 0;
  changed_ = true;
}

std::optional<SubscriberOffers::Offer> SubscriberOffers::next(const LocalTransport& local) {
  if (outstanding() || !changed_) return std::nullopt;
  changed_ = false;
  outstanding_ = ++last_id_;
  LocalTransport versioned = local;
  versioned.version = last_id_;
  Offer out{last_id_, empty_session(versioned)};
  out.session.media.push_back(data_section(versioned));
  for (Section& s : sections_) {
    s.offered = s.content;
    out.session.media.push_back(write(s, versioned));
  }
  // Between two full agents whoever offers controls (RFC 8445 section 6.1.1). This makes it the client, which knows its
  // networks; Firefox does not leave the controlled role when it is told of the conflict (487).
  out.session.ice_lite = true;
  finish_bundle(out.session, versioned);
  return out;
}

sdp::Media SubscriberOffers::write(const Section& s, const LocalTransport& local) const {
  sdp::Media out;
  out.kind = s.kind == Kind::audio ? "audio" : "video";
  out.protocol = "UDP/TLS/RTP/SAVPF";
  out.mid = s.mid;
  out.transport = section_transport(local, sdp::Setup::actpass);
  out.rtcp_mux = out.rtcp_rsize = out.extmap_allow_mixed = true;
  out.direction = sdp::Direction::inactive;
  const DownSectionContent* content = s.content ? &*s.content : nullptr;
  if (s.kind == Kind::audio)
    write_opus(content, out);
  else
    write_vp8(out);
  if (content != nullptr) write_sender(*content, s.used_before, out);
  return out;
}

Result<std::optional<SubscriberOffers::Answered>, std::string> SubscriberOffers::on_answer(std::uint32_t id,
                                                                                           const sdp::Session& answer) {
  if (!outstanding() || (id != 0 && id != outstanding_)) return std::optional<Answered>{};
  auto remote = remote_parameters(answer, false);
  if (!remote) return fail(remote.error());
  Answered out{.remote = std::move(*remote)};
  outstanding_ = 0;
  for (Section& s : sections_) {
    const auto m =
        std::find_if(answer.media.begin(), answer.media.end(), [&](const sdp::Media& x) { return x.mid == s.mid; });
    // A section added after the offer went out is not in the answer.
    if (m != answer.media.end()) settle(s, *m, out);
  }
  return std::optional<Answered>{std::move(out)};
}

void SubscriberOffers::settle(Section& s, const sdp::Media& answer, Answered& out) {
  const bool same_as_before = s.offered && s.answered && s.offered->ssrc == s.answered->ssrc;
  s.answered = std::exchange(s.offered, std::nullopt);
  if (!s.answered || same_as_before) return;
  const bool still_wanted = s.content && s.content->ssrc == s.answered->ssrc;
  if (!accepts(answer, *s.answered->codec)) {
    if (still_wanted) {
      out.refused.push_back(s.content->track);
      s.content.reset();
      s.used_before = changed_ = true;
    }
    return;
  }
  if (still_wanted) out.started.push_back(*s.answered);
}

std::vector<media::TrackSid> SubscriberOffers::tracks() const {
  std::vector<media::TrackSid> out;
  for (const Section& s : sections_)
    if (s.content) out.push_back(s.content->track);
  return out;
}

}  // namespace costage::sfu
