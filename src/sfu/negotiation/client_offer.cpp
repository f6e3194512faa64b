#include "sfu/negotiation/client_offer.hpp"

#include <algorithm>
#include <charconv>

namespace costage::sfu {
namespace {

using media::Kind;
using media::Layer;

std::uint8_t extension_id(const sdp::Media& m, std::string_view uri) {
  const sdp::ExtMap* map = m.extmap(uri);
  return map == nullptr ? 0 : map->id;
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

// RFC 2198 section 5: the parameters are the payload types inside, which all have to be this one.
std::uint8_t find_red(const sdp::Media& m, std::uint8_t payload_type) {
  const std::string wanted = std::to_string(payload_type);
  for (const sdp::RtpMap& map : m.rtpmaps) {
    const std::string_view inside = m.fmtp(map.payload_type);
    if (map.name == "red" && (inside.empty() || inside.substr(0, inside.find('/')) == wanted)) return map.payload_type;
  }
  return 0;
}

std::vector<OfferedFormat> read_formats(const sdp::Media& m, Kind kind) {
  std::vector<OfferedFormat> out;
  for (const std::uint8_t pt : m.payload_types) {
    const sdp::RtpMap* map = m.rtpmap(pt);
    const Codec* codec = map == nullptr ? nullptr : find_codec(map->name);
    if (codec == nullptr || codec->kind() != kind || map->clock_rate != codec->row.clock_rate) continue;
    out.push_back({codec, pt, find_rtx(m, pt), std::string(m.fmtp(pt))});
    if (kind == Kind::audio) out.back().red_payload_type = find_red(m, pt);
  }
  return out;
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
  out.formats = read_formats(m, out.kind);
  const bool in_use = m.port != 0 || m.bundle_only;
  out.receiving = in_use && m.direction == sdp::Direction::recvonly;
  out.both_ways = in_use && m.direction == sdp::Direction::sendrecv;
  if (out.formats.empty()) return out;
  out.sending = in_use && (m.direction == sdp::Direction::sendonly || m.direction == sdp::Direction::sendrecv);
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
  if (m.kind != "video") return;
  take(ids.transport_sequence, kTransportSequenceExtension);
  take(ids.abs_send_time, kAbsSendTimeExtension);
  take(ids.dependency_descriptor, kDependencyDescriptorExtension);
}

}  // namespace

const OfferedFormat* OfferedSection::find(const Codec& codec, std::string_view fmtp) const {
  const auto found = std::find_if(formats.begin(), formats.end(), [&](const OfferedFormat& f) {
    return f.codec == &codec && codec.same_format(f.fmtp, fmtp);
  });
  return found == formats.end() ? nullptr : &*found;
}

void OfferedSection::prefer(const Codec& codec, std::optional<std::string_view> fmtp) {
  const auto found = std::find_if(formats.begin(), formats.end(), [&](const OfferedFormat& f) {
    return f.codec == &codec && (!fmtp || codec.same_format(f.fmtp, *fmtp));
  });
  if (found != formats.end()) std::rotate(formats.begin(), found, found + 1);
}

const OfferedSection* ClientOffer::find(std::string_view mid) const {
  const auto found =
      std::find_if(sections.begin(), sections.end(), [&](const OfferedSection& s) { return s.mid == mid; });
  return found == sections.end() ? nullptr : &*found;
}

Result<ClientOffer, std::string> read_client_offer(const sdp::Session& offer) {
  ClientOffer out;
  auto remote = remote_parameters(offer);
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

}  // namespace costage::sfu
