#include "sfu/negotiation/publisher_answer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace costage::sfu {
namespace {

using media::Kind;
using media::Layer;

std::uint8_t extension_id(const sdp::Media& m, std::string_view uri) {
  const sdp::ExtMap* map = m.extmap(uri);
  return map == nullptr ? 0 : map->id;
}

const Codec* choose_codec(const sdp::Media& m, Kind kind, std::uint8_t& payload_type) {
  for (std::uint8_t pt : m.payload_types) {
    const sdp::RtpMap* map = m.rtpmap(pt);
    const Codec* codec = map == nullptr ? nullptr : find_codec(map->name);
    if (codec == nullptr || codec->kind != kind || map->clock_rate != codec->clock_rate) continue;
    payload_type = pt;
    return codec;
  }
  return nullptr;
}

std::uint8_t find_rtx(const sdp::Media& m, std::uint8_t payload_type) {
  for (const sdp::RtpMap& map : m.rtpmaps) {
    if (map.name != "rtx") continue;
    const std::string_view apt = sdp::fmtp_parameter(m.fmtp(map.payload_type), "apt");
    int value = -1;
    std::from_chars(apt.data(), apt.data() + apt.size(), value);
    if (value == payload_type) return map.payload_type;
  }
  return 0;
}

// livekit-client names them q, h, f from low to high; others are taken in their order.
Layer layer_of_rid(std::string_view rid, std::size_t position) {
  if (rid == "q") return Layer::low;
  if (rid == "h") return Layer::medium;
  if (rid == "f") return Layer::high;
  return static_cast<Layer>(std::min<std::size_t>(position, 2));
}

std::vector<OfferedLayer> read_layers(const sdp::Media& m) {
  if (!m.simulcast || m.simulcast->send.empty()) return {OfferedLayer{}};
  std::vector<OfferedLayer> out;
  for (std::string_view rid : m.simulcast->send) {
    rid = rid.substr(0, rid.find(','));  // of alternatives the first
    if (rid.starts_with('~')) rid.remove_prefix(1);
    const Layer layer = layer_of_rid(rid, out.size());
    const bool taken = std::any_of(out.begin(), out.end(), [&](const OfferedLayer& l) { return l.layer == layer; });
    if (!rid.empty() && !taken) out.push_back({std::string(rid), layer});
  }
  if (out.empty()) out.push_back({});
  return out;
}

void read_ssrcs(const sdp::Media& m, OfferedSection& out) {
  if (m.ssrcs.empty() || !out.layers.front().rid.empty()) return;
  out.ssrc = m.ssrcs.front().ssrc;
  for (const sdp::SsrcGroup& group : m.ssrc_groups) {
    if (group.semantics != "FID" || group.ssrcs.size() != 2) continue;
    out.ssrc = group.ssrcs[0];
    out.rtx_ssrc = group.ssrcs[1];
    return;
  }
}

std::string read_cid(const sdp::Media& m) {
  if (!m.msids.empty() && !m.msids.front().track.empty()) return m.msids.front().track;
  for (const sdp::Ssrc& ssrc : m.ssrcs)
    if (const std::size_t space = ssrc.msid.find(' '); space != std::string::npos) return ssrc.msid.substr(space + 1);
  return {};
}

OfferedSection read_section(const sdp::Media& m) {
  OfferedSection out{.mid = m.mid, .kind = m.kind == "audio" ? Kind::audio : Kind::video};
  out.codec = choose_codec(m, out.kind, out.payload_type);
  if (out.codec == nullptr) return out;
  const bool in_use = m.port != 0 || m.bundle_only;
  out.sending = in_use && (m.direction == sdp::Direction::sendonly || m.direction == sdp::Direction::sendrecv);
  out.rtx_payload_type = find_rtx(m, out.payload_type);
  out.layers = read_layers(m);
  out.cid = read_cid(m);
  read_ssrcs(m, out);
  return out;
}

void merge_extensions(const sdp::Media& m, ExtensionIds& ids) {
  const auto take = [&](std::uint8_t& id, std::string_view uri) {
    if (id == 0) id = extension_id(m, uri);
  };
  take(ids.mid, kMidExtension);
  take(ids.rid, kRidExtension);
  take(ids.repaired_rid, kRepairedRidExtension);
  take(ids.audio_level, kAudioLevelExtension);
  if (m.kind == "video") take(ids.transport_sequence, kTransportSequenceExtension);
}

void copy_extensions(const sdp::Media& offer, Kind kind, sdp::Media& out) {
  static constexpr std::array kAudio = {kMidExtension, kAudioLevelExtension};
  static constexpr std::array kVideo = {kMidExtension, kRidExtension, kRepairedRidExtension,
                                        kTransportSequenceExtension};
  const std::span<const std::string_view> wanted =
      kind == Kind::audio ? std::span<const std::string_view>(kAudio) : kVideo;
  for (std::string_view uri : wanted)
    if (const std::uint8_t id = extension_id(offer, uri); id != 0)
      out.extmaps.push_back({id, std::nullopt, std::string(uri)});
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
  out.payload_types = {section.payload_type};
  out.rtpmaps = {*offer.rtpmap(section.payload_type)};
  if (section.kind == Kind::audio) out.fmtps.push_back({section.payload_type, opus_parameters(preferences)});
  if (section.rtx_payload_type != 0) {
    out.payload_types.push_back(section.rtx_payload_type);
    out.rtpmaps.push_back(*offer.rtpmap(section.rtx_payload_type));
    out.fmtps.push_back({section.rtx_payload_type, std::string(offer.fmtp(section.rtx_payload_type))});
  }
  add_feedback(offer, section.payload_type, section.kind, out);
  copy_extensions(offer, section.kind, out);
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

void answer_rtp(const sdp::Media& offer, const OfferedSection& section, const AudioPreferences& preferences,
                sdp::Media& out) {
  out.rtcp_mux = true;
  out.rtcp_rsize = offer.rtcp_rsize;
  out.extmap_allow_mixed = offer.extmap_allow_mixed;
  if (section.codec == nullptr) return answer_nothing_in_common(offer, out);
  answer_codec(offer, section, preferences, out);
  if (!section.sending) return;
  out.direction = sdp::Direction::recvonly;
  answer_simulcast(section, out);
}

void answer_data(sdp::Media& out) {
  out.direction = sdp::Direction::sendrecv;
  out.sctp_port = 5000;
  out.max_message_size = PeerTransport::kAnnouncedMaxMessage;
}

}  // namespace

Result<PublisherOffer, std::string> read_publisher_offer(const sdp::Session& offer) {
  PublisherOffer out;
  auto remote = remote_parameters(offer, true);
  if (!remote) return fail(remote.error());
  out.remote = std::move(*remote);
  for (const sdp::Media& m : offer.media) {
    if (m.mid.empty()) return fail(std::string("a media section has no a=mid"));
    if (!m.is_rtp()) continue;
    merge_extensions(m, out.extensions);
    out.sections.push_back(read_section(m));
  }
  return out;
}

sdp::Session write_publisher_answer(const sdp::Session& offer, const PublisherOffer& read, const LocalTransport& local,
                                    const std::function<AudioPreferences(const OfferedSection&)>& preferences) {
  const sdp::Setup setup = read.remote.our_role == DtlsRole::client ? sdp::Setup::active : sdp::Setup::passive;
  sdp::Session out = empty_session(local);
  auto section = read.sections.begin();
  for (const sdp::Media& m : offer.media) {
    sdp::Media& answered = out.media.emplace_back(answer_media(m, local, setup));
    if (!m.is_rtp()) {
      if (m.kind == "application") answer_data(answered);
      continue;
    }
    answer_rtp(m, *section, section->kind == Kind::audio ? preferences(*section) : AudioPreferences{}, answered);
    ++section;
  }
  finish_bundle(out, local);
  return out;
}

}  // namespace costage::sfu
