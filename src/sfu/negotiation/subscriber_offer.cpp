#include "sfu/negotiation/subscriber_offer.hpp"

#include <algorithm>
#include <array>

namespace costage::sfu {
namespace {

using media::Kind;

constexpr std::uint8_t kAbsSendTimeId = 3;
constexpr std::uint8_t kDescriptorId = 4;

// What is dynamic (RFC 3551 section 6), a pair with RTX each, as clients number them too.
constexpr std::array<std::uint8_t, 20> kPayloadTypes = {96,  98,  100, 102, 104, 106, 108, 112, 114, 116,
                                                        118, 120, 122, 124, 126, 35,  37,  39,  41,  43};
constexpr std::uint8_t kOpusPayloadType = 111;
constexpr std::uint8_t kRedPayloadType = 63;

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

// In which payload type the client takes it; 0: it does not.
std::uint8_t accepted_type(const sdp::Media& answer, const Codec& codec, std::string_view fmtp) {
  if (answer.port == 0) return 0;
  if (answer.direction == sdp::Direction::inactive || answer.direction == sdp::Direction::sendonly) return 0;
  const auto found = std::find_if(answer.rtpmaps.begin(), answer.rtpmaps.end(), [&](const sdp::RtpMap& m) {
    return find_codec(m.name) == &codec && codec.same_format(answer.fmtp(m.payload_type), fmtp);
  });
  return found == answer.rtpmaps.end() ? 0 : found->payload_type;
}

}  // namespace

bool SubscriberOffers::is_free(const Section& s, Kind kind) {
  return s.kind == kind && !s.content && !s.offered && !s.answered;
}

bool SubscriberOffers::can_take_over(const DownSectionContent& content, const Section& s) {
  const auto& left = s.offered ? s.offered : s.answered;
  return !s.content && left && is_another_codec(*left, content);
}

// nullptr: there are kMaxViewerTracks.
SubscriberOffers::Section* SubscriberOffers::section_for(const DownSectionContent& content) {
  const Kind kind = content.codec->kind();
  const auto first = [&](auto fits) { return std::find_if(sections_.begin(), sections_.end(), fits); };
  const auto left = first([&](const Section& s) { return can_take_over(content, s); });
  if (left != sections_.end()) return &*left;
  const auto free = first([&](const Section& s) { return is_free(s, kind); });
  if (free != sections_.end()) return &*free;
  if (sections_.size() == media::kMaxViewerTracks) return nullptr;
  return &sections_.emplace_back(Section{.mid = std::to_string(sections_.size() + 1), .kind = kind});
}

std::optional<SubscriberOffers::Format> SubscriberOffers::format_of(const DownSectionContent& content) {
  const Codec& codec = *content.codec;
  const auto known = std::find_if(formats_.begin(), formats_.end(), [&](const Format& f) {
    return f.codec == &codec && codec.same_format(f.down.fmtp, content.fmtp);
  });
  if (known != formats_.end()) return *known;
  if (!codec.is_video()) return formats_.emplace_back(Format{&codec, {.payload_type = kOpusPayloadType}});
  const auto videos = std::count_if(formats_.begin(), formats_.end(), [](auto& f) { return f.codec->is_video(); });
  if (static_cast<std::size_t>(videos) == kPayloadTypes.size()) return std::nullopt;
  const std::uint8_t pt = kPayloadTypes[static_cast<std::size_t>(videos)];
  return formats_.emplace_back(
      Format{&codec, {pt, static_cast<std::uint8_t>(pt + 1), kAbsSendTimeId, kDescriptorId, content.fmtp}});
}

bool SubscriberOffers::add(const DownSectionContent& content) {
  const auto format = format_of(content);
  if (!format) return false;
  Section* s = section_for(content);
  if (s == nullptr) return false;
  s->content = content;
  s->format = *format;
  if (content.red) s->format.down.red_payload_type = kRedPayloadType;
  changed_ = true;
  return true;
}

bool SubscriberOffers::remove(const media::TrackSid& track) {
  for (Section& s : sections_) {
    if (!s.content || s.content->track != track) continue;
    s.content.reset();
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
  Offer out{last_id_, empty_session(versioned), {}};
  out.session.media.push_back(data_section(versioned));
  for (Section& s : sections_) {
    s.offered = s.content;
    if (s.content && s.first_shown.value().empty()) s.first_shown = s.content->shown_as;
    out.session.media.push_back(write(s, versioned));
    if (s.content) out.tracks.push_back({s.mid, s.content->shown_as});
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
  // Unused: nobody has anything to send here, so the answer is inactive. Offered as inactive twice, a section is dead
  // to pion, which then receives no other track on it.
  out.direction = sdp::Direction::recvonly;
  const DownSectionContent* content = s.content ? &*s.content : nullptr;
  write_format(*s.format.codec, s.format.down, content != nullptr && content->stereo, out);
  if (s.kind == Kind::video)
    out.extmaps = {{kAbsSendTimeId, std::nullopt, std::string(kAbsSendTimeExtension)},
                   {kDescriptorId, std::nullopt, std::string(kDependencyDescriptorExtension)}};
  if (content != nullptr) write_sender(*content, s.first_shown, out);
  return out;
}

Result<std::optional<SubscriberOffers::Answered>, std::string> SubscriberOffers::on_answer(std::uint32_t id,
                                                                                           const sdp::Session& answer) {
  if (!outstanding() || (id != 0 && id != outstanding_)) return std::optional<Answered>{};
  auto remote = remote_parameters(answer);
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
  const std::uint8_t accepted = accepted_type(answer, *s.answered->codec, s.answered->fmtp);
  if (accepted == 0) {
    if (still_wanted) {
      out.refused.push_back(s.content->track);
      s.content.reset();
      changed_ = true;
    }
    return;
  }
  if (!still_wanted) return;
  out.started.push_back({*s.answered, s.format.down});
  DownFormat& format = out.started.back().format;
  format.payload_type = accepted;
  if (answer.rtpmap(format.red_payload_type) == nullptr) format.red_payload_type = 0;
  if (answer.extmap(kAbsSendTimeExtension) == nullptr) format.abs_send_time_id = 0;
  if (answer.extmap(kDependencyDescriptorExtension) == nullptr) format.descriptor_id = 0;
}

}  // namespace costage::sfu
