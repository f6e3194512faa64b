#include "sfu/negotiation/client_answer.hpp"

#include <algorithm>
#include <array>

namespace costage::sfu {
namespace {

using media::Kind;

// The same for all sections of a kind, whatever is sent on them: Chromium offers a new section with the header
// extensions that an older one negotiated, and then cannot publish simulcast on it.
void copy_extensions(const sdp::Media& offer, const OfferedSection& section, bool lent, sdp::Media& out) {
  static constexpr std::array kAudio = {kMidExtension, kAudioLevelExtension};
  static constexpr std::array kVideo = {kMidExtension, kRidExtension, kRepairedRidExtension,
                                        kTransportSequenceExtension};
  const auto copy = [&](std::string_view uri) {
    if (const sdp::ExtMap* map = offer.extmap(uri)) out.extmaps.push_back({map->id, std::nullopt, std::string(uri)});
  };
  if (section.kind == Kind::audio) {
    std::ranges::for_each(kAudio, copy);
    return;
  }
  std::ranges::for_each(kVideo, copy);
  if (section.receiving || lent) copy(kAbsSendTimeExtension);
  if (section.receiving || lent || section.format().codec->row.scalable) copy(kDependencyDescriptorExtension);
}

void add_feedback(const sdp::Media& offer, std::uint8_t payload_type, Kind kind, sdp::Media& out) {
  static constexpr std::array<std::string_view, 1> kAudio = {"nack"};
  static constexpr std::array<std::string_view, 4> kVideo = {"transport-cc", "ccm fir", "nack", "nack pli"};
  const std::span<const std::string_view> wanted =
      kind == Kind::audio ? std::span<const std::string_view>(kAudio) : kVideo;
  for (std::string_view value : wanted)
    if (offer.has_feedback(payload_type, value)) out.rtcp_feedback.push_back({payload_type, std::string(value)});
}

std::string opus_parameters(const AudioPreferences& preferences) {
  std::string out = "minptime=10;useinbandfec=1";
  if (preferences.dtx) out += ";usedtx=1";
  if (preferences.stereo) out += ";stereo=1;maxaveragebitrate=510000";
  return out;
}

void answer_codec(const sdp::Media& offer, const OfferedSection& section, const AudioPreferences& preferences,
                  sdp::Media& out) {
  const auto& [codec, payload_type, rtx, fmtp, red] = section.format();
  if (preferences.red && red != 0) write_red(red, payload_type, out);  // first: so it is what the client sends
  out.payload_types.push_back(payload_type);
  out.rtpmaps.push_back(*offer.rtpmap(payload_type));
  const std::string parameters = codec->is_video() ? fmtp : opus_parameters(preferences);
  if (!parameters.empty()) out.fmtps.push_back({payload_type, parameters});
  if (rtx != 0) {
    out.payload_types.push_back(rtx);
    out.rtpmaps.push_back(*offer.rtpmap(rtx));
    out.fmtps.push_back({rtx, std::string(offer.fmtp(rtx))});
  }
  add_feedback(offer, payload_type, section.kind, out);
}

// Nothing in common: the section stays, unused. Port 0 on the section that carries the BUNDLE would end them all.
void answer_nothing_in_common(const sdp::Media& offer, sdp::Media& out) {
  if (offer.payload_types.empty()) return;
  const std::uint8_t pt = offer.payload_types.front();
  out.payload_types = {pt};
  if (const sdp::RtpMap* map = offer.rtpmap(pt)) out.rtpmaps = {*map};
}

void answer_simulcast(const OfferedSection& section, sdp::Media& out) {
  if (section.layers.empty() || section.layers.front().rid.empty()) return;
  out.simulcast.emplace();
  for (const OfferedLayer& l : section.layers) {
    out.rids.push_back({l.rid, false, ""});
    out.simulcast->recv.push_back(l.rid);
  }
}

sdp::Media answer_media(const sdp::Media& offer, const LocalTransport& local, sdp::Setup setup) {
  sdp::Media out;
  out.kind = offer.kind;
  out.protocol = offer.protocol;
  out.format = offer.format;
  out.mid = offer.mid;
  out.port = offer.port == 0 && !offer.bundle_only ? 0 : 9;
  out.direction = sdp::Direction::inactive;
  out.transport = section_transport(local, setup);
  return out;
}

void answer_lent(const LentSection& lent, sdp::Media& out) {
  const auto& [content, format] = lent.use;
  write_format(*content.codec, format, content.stereo, out);
  write_sender(content, lent.first_shown, out);
}

// The client sends on the section as well.
void add_lent(const LentSection& lent, sdp::Media& out) {
  sdp::Media down;
  answer_lent(lent, down);
  for (const std::uint8_t pt : down.payload_types) {
    if (std::ranges::find(out.payload_types, pt) != out.payload_types.end()) continue;
    out.payload_types.push_back(pt);
    out.rtpmaps.push_back(*down.rtpmap(pt));
    if (!down.fmtp(pt).empty()) out.fmtps.push_back({pt, std::string(down.fmtp(pt))});
  }
  for (const auto& feedback : down.rtcp_feedback)
    if (!out.has_feedback(*feedback.payload_type, feedback.value)) out.rtcp_feedback.push_back(feedback);
  out.msids = std::move(down.msids);
  out.ssrcs = std::move(down.ssrcs);
  out.ssrc_groups = std::move(down.ssrc_groups);
  out.direction = sdp::Direction::sendrecv;
}

void answer_rtp(const sdp::Media& offer, const OfferedSection& section, const SectionUse& use, sdp::Media& out) {
  out.rtcp_mux = true;
  out.rtcp_rsize = offer.rtcp_rsize;
  out.extmap_allow_mixed = offer.extmap_allow_mixed;
  if (section.formats.empty()) return answer_nothing_in_common(offer, out);
  copy_extensions(offer, section, use.lent != nullptr, out);
  if (use.lent != nullptr && !section.sending) return answer_lent(*use.lent, out);
  answer_codec(offer, section, use.audio, out);
  if (!section.sending) return;
  out.direction = sdp::Direction::recvonly;
  answer_simulcast(section, out);
  if (use.lent != nullptr) add_lent(*use.lent, out);
}

void answer_data(sdp::Media& out) {
  out.direction = sdp::Direction::sendrecv;
  out.sctp_port = 5000;
  out.max_message_size = PeerTransport::kAnnouncedMaxMessage;
}

}  // namespace

sdp::Session write_client_answer(const sdp::Session& offer, const ClientOffer& read, const LocalTransport& local,
                                 const std::function<SectionUse(const OfferedSection&)>& use) {
  const sdp::Setup setup = read.remote.our_role == DtlsRole::client ? sdp::Setup::active : sdp::Setup::passive;
  sdp::Session out = empty_session(local);
  auto section = read.sections.begin();
  for (const sdp::Media& m : offer.media) {
    sdp::Media& answered = out.media.emplace_back(answer_media(m, local, setup));
    if (!m.is_rtp()) {
      if (m.kind == "application") answer_data(answered);
      continue;
    }
    answer_rtp(m, *section, use(*section), answered);
    ++section;
  }
  finish_bundle(out, local);
  return out;
}

}  // namespace costage::sfu
