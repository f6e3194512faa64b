#include "sfu/wire/sdp/attributes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "sfu/wire/sdp/words.hpp"

namespace costage::sfu::sdp {
namespace {

template <class T>
bool add(std::vector<T>& list, T item, std::size_t limit = kMaxListed) {
  if (list.size() == limit) return false;
  list.push_back(std::move(item));
  return true;
}

std::string mapped(std::string_view text, int (*map)(int)) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(map(static_cast<unsigned char>(c)));
  return out;
}

std::string joined(const std::vector<std::string>& parts, char separator) {
  return fmt::format("{}", fmt::join(parts, std::string_view(&separator, 1)));
}

// ---- attributes that are a flag or one text -------------------------------------------------------------------

template <class T, bool T::* Member>
constexpr Attribute<T> flag(std::string_view name) {
  return {name, [](T& t, std::string_view) { return t.*Member = true; },
          [](std::string& out, std::string_view n, const T& t) {
            if (t.*Member) write_attribute(out, n);
          }};
}

template <class T, std::string T::* Member>
constexpr Attribute<T> text(std::string_view name) {
  return {name,
          [](T& t, std::string_view value) {
            t.*Member = value;
            return true;
          },
          [](std::string& out, std::string_view n, const T& t) {
            if (!(t.*Member).empty()) write_attribute(out, n, t.*Member);
          }};
}

template <class T, std::string TransportParameters::* Member>
constexpr Attribute<T> transport_text(std::string_view name) {
  return {name,
          [](T& t, std::string_view value) {
            t.transport.*Member = value;
            return true;
          },
          [](std::string& out, std::string_view n, const T& t) {
            if (!(t.transport.*Member).empty()) write_attribute(out, n, t.transport.*Member);
          }};
}

// ---- the others: one reader and one writer each ---------------------------------------------------------------

template <class T>
bool read_fingerprint(T& t, std::string_view value) {
  const std::string_view hash = next_word(value);
  const std::string_view digest = next_word(value);
  if (digest.empty()) return false;
  return add(t.transport.fingerprints, Fingerprint{mapped(hash, std::tolower), mapped(digest, std::toupper)});
}
template <class T>
void write_fingerprints(std::string& out, std::string_view name, const T& t) {
  for (const Fingerprint& f : t.transport.fingerprints) write_attribute(out, name, f.hash + ' ' + f.value);
}

template <class T>
bool read_setup(T& t, std::string_view value) {
  t.transport.setup = find_word<Setup>(kSetups, value);
  return t.transport.setup.has_value();
}
template <class T>
void write_setup(std::string& out, std::string_view name, const T& t) {
  if (t.transport.setup) write_attribute(out, name, word(*t.transport.setup));
}

bool read_group(Session& s, std::string_view value) {
  if (next_word(value) != "BUNDLE" || !s.bundle.empty()) return true;
  for (auto mid = next_word(value); !mid.empty(); mid = next_word(value))
    if (!add(s.bundle, std::string(mid))) return false;
  return true;
}
void write_group(std::string& out, std::string_view name, const Session& s) {
  if (!s.bundle.empty()) write_attribute(out, name, "BUNDLE " + joined(s.bundle, ' '));
}

bool read_msid_semantic(Session& s, std::string_view value) {
  s.msid_semantic = trimmed(value);
  return true;
}

template <Direction D>
constexpr Attribute<Media> direction() {
  return {kDirections[static_cast<std::size_t>(D)],
          [](Media& m, std::string_view) {
            m.direction = D;
            return true;
          },
          [](std::string& out, std::string_view name, const Media& m) {
            if (m.direction == D && (m.is_rtp() || D != Direction::sendrecv)) write_attribute(out, name);
          }};
}

bool read_candidate(Media& m, std::string_view value) { return add(m.candidates, std::string(value)); }
void write_candidates(std::string& out, std::string_view name, const Media& m) {
  for (const std::string& candidate : m.candidates) write_attribute(out, name, candidate);
}

// "96 VP8/90000" or, with channels, "111 opus/48000/2"
bool read_rtpmap(Media& m, std::string_view value) {
  RtpMap map;
  if (!store(map.payload_type, number<std::uint8_t>(next_word(value), 127))) return false;
  std::string_view encoding = next_word(value);
  map.name = cut(encoding, '/');
  if (map.name.empty() || !store(map.clock_rate, number<std::uint32_t>(cut(encoding, '/')))) return false;
  if (!encoding.empty() && !store(map.channels, number<std::uint8_t>(encoding))) return false;
  return add(m.rtpmaps, std::move(map), kMaxPayloadTypes);
}
void write_rtpmaps(std::string& out, std::string_view name, const Media& m) {
  for (const RtpMap& map : m.rtpmaps) {
    std::string value = fmt::format("{} {}/{}", map.payload_type, map.name, map.clock_rate);
    if (map.channels != 1) value += fmt::format("/{}", map.channels);
    write_attribute(out, name, value);
  }
}

bool read_fmtp(Media& m, std::string_view value) {
  const auto payload_type = number<std::uint8_t>(next_word(value), 127);
  return payload_type && add(m.fmtps, Fmtp{*payload_type, std::string(trimmed(value))}, kMaxPayloadTypes);
}
void write_fmtps(std::string& out, std::string_view name, const Media& m) {
  for (const Fmtp& f : m.fmtps) write_attribute(out, name, fmt::format("{} {}", f.payload_type, f.parameters));
}

bool read_rtcp_feedback(Media& m, std::string_view value) {
  RtcpFeedback feedback;
  const std::string_view payload_type = next_word(value);
  if (payload_type != "*") {
    feedback.payload_type = number<std::uint8_t>(payload_type, 127);
    if (!feedback.payload_type) return false;
  }
  feedback.value = trimmed(value);
  return add(m.rtcp_feedback, std::move(feedback));
}
void write_rtcp_feedback(std::string& out, std::string_view name, const Media& m) {
  for (const RtcpFeedback& f : m.rtcp_feedback)
    write_attribute(out, name, (f.payload_type ? fmt::format("{}", *f.payload_type) : "*") + ' ' + f.value);
}

// "3/recvonly uri attributes". Ids above 255 are only place-holders in offers (RFC 8285 section 6).
bool read_extmap(Media& m, std::string_view value) {
  std::string_view entry = next_word(value);
  const auto id = number<std::uint16_t>(cut(entry, '/'));
  const std::string_view uri = next_word(value);
  if (!id || *id == 0 || uri.empty()) return false;
  if (*id > 255) return true;
  ExtMap map{static_cast<std::uint8_t>(*id), {}, std::string(uri)};
  if (!entry.empty() && !(map.direction = find_word<Direction>(kDirections, entry))) return false;
  return add(m.extmaps, std::move(map));
}
void write_extmaps(std::string& out, std::string_view name, const Media& m) {
  for (const ExtMap& e : m.extmaps) {
    std::string value = fmt::format("{}", e.id);
    if (e.direction) value += fmt::format("/{}", word(*e.direction));
    write_attribute(out, name, value + ' ' + e.uri);
  }
}

bool read_msid(Media& m, std::string_view value) {
  const std::string_view stream = next_word(value);
  return !stream.empty() && add(m.msids, Msid{std::string(stream), std::string(next_word(value))});
}
void write_msids(std::string& out, std::string_view name, const Media& m) {
  for (const Msid& id : m.msids) write_attribute(out, name, id.track.empty() ? id.stream : id.stream + ' ' + id.track);
}

// "1234 cname:x", "1234 msid:stream track"; one entry gathers all lines of its SSRC.
bool read_ssrc(Media& m, std::string_view value) {
  const auto ssrc = number<std::uint32_t>(next_word(value));
  if (!ssrc) return false;
  auto entry = std::find_if(m.ssrcs.begin(), m.ssrcs.end(), [&](const Ssrc& s) { return s.ssrc == *ssrc; });
  if (entry == m.ssrcs.end()) {
    if (!add(m.ssrcs, Ssrc{*ssrc, {}, {}}, kMaxSsrcs)) return false;
    entry = m.ssrcs.end() - 1;
  }
  std::string_view rest = trimmed(value);
  const std::string_view attribute = cut(rest, ':');
  if (attribute == "cname") entry->cname = rest;
  if (attribute == "msid") entry->msid = rest;
  return true;
}
void write_ssrcs(std::string& out, std::string_view name, const Media& m) {
  for (const Ssrc& s : m.ssrcs) {
    // An SSRC without any attribute is not in the grammar, so this one is written even when empty.
    if (!s.cname.empty() || s.msid.empty()) write_attribute(out, name, fmt::format("{} cname:{}", s.ssrc, s.cname));
    if (!s.msid.empty()) write_attribute(out, name, fmt::format("{} msid:{}", s.ssrc, s.msid));
  }
}

bool read_ssrc_group(Media& m, std::string_view value) {
  SsrcGroup group{std::string(next_word(value)), {}};
  for (auto text = next_word(value); !text.empty(); text = next_word(value)) {
    const auto ssrc = number<std::uint32_t>(text);
    if (!ssrc || !add(group.ssrcs, *ssrc)) return false;
  }
  return !group.ssrcs.empty() && add(m.ssrc_groups, std::move(group));
}
void write_ssrc_groups(std::string& out, std::string_view name, const Media& m) {
  for (const SsrcGroup& g : m.ssrc_groups)
    write_attribute(out, name, fmt::format("{} {}", g.semantics, fmt::join(g.ssrcs, " ")));
}

bool read_rid(Media& m, std::string_view value) {
  Rid rid;
  rid.id = next_word(value);
  const std::string_view direction = next_word(value);
  if (rid.id.empty() || (direction != "send" && direction != "recv")) return false;
  rid.send = direction == "send";
  rid.restrictions = trimmed(value);
  return add(m.rids, std::move(rid));
}
void write_rids(std::string& out, std::string_view name, const Media& m) {
  for (const Rid& r : m.rids)
    write_attribute(
        out, name,
        fmt::format("{} {}{}{}", r.id, r.send ? "send" : "recv", r.restrictions.empty() ? "" : " ", r.restrictions));
}

bool read_streams(std::vector<std::string>& streams, std::string_view text) {
  if (text.empty() || !streams.empty()) return false;
  while (!text.empty()) {
    const std::string_view one = cut(text, ';');
    if (one.empty() || !add(streams, std::string(one))) return false;
  }
  return true;
}
// "send q;h;f recv 1"
bool read_simulcast(Media& m, std::string_view value) {
  Simulcast simulcast;
  for (auto direction = next_word(value); !direction.empty(); direction = next_word(value)) {
    if (direction != "send" && direction != "recv") return false;
    if (!read_streams(direction == "send" ? simulcast.send : simulcast.recv, next_word(value))) return false;
  }
  if (simulcast.send.empty() && simulcast.recv.empty()) return false;
  m.simulcast = std::move(simulcast);
  return true;
}
void write_simulcast(std::string& out, std::string_view name, const Media& m) {
  if (!m.simulcast) return;
  std::string value;
  if (!m.simulcast->send.empty()) value += "send " + joined(m.simulcast->send, ';');
  if (!m.simulcast->recv.empty()) value += (value.empty() ? "recv " : " recv ") + joined(m.simulcast->recv, ';');
  write_attribute(out, name, value);
}

bool read_sctp_port(Media& m, std::string_view value) {
  m.sctp_port = number<std::uint16_t>(value);
  return m.sctp_port.has_value();
}
bool read_max_message_size(Media& m, std::string_view value) {
  m.max_message_size = number<std::uint64_t>(value);
  return m.max_message_size.has_value();
}
template <auto Member>
void write_number(std::string& out, std::string_view name, const Media& m) {
  if (m.*Member) write_attribute(out, name, fmt::format("{}", *(m.*Member)));
}

constexpr Attribute<Session> kSession[] = {
    {"group", read_group, write_group},
    flag<Session, &Session::extmap_allow_mixed>("extmap-allow-mixed"),
    {"msid-semantic", read_msid_semantic, text<Session, &Session::msid_semantic>("").write},
    flag<Session, &Session::ice_lite>("ice-lite"),
    transport_text<Session, &TransportParameters::ice_ufrag>("ice-ufrag"),
    transport_text<Session, &TransportParameters::ice_pwd>("ice-pwd"),
    transport_text<Session, &TransportParameters::ice_options>("ice-options"),
    {"fingerprint", read_fingerprint<Session>, write_fingerprints<Session>},
    {"setup", read_setup<Session>, write_setup<Session>},
};

constexpr Attribute<Media> kMedia[] = {
    {"candidate", read_candidate, write_candidates},
    flag<Media, &Media::end_of_candidates>("end-of-candidates"),
    transport_text<Media, &TransportParameters::ice_ufrag>("ice-ufrag"),
    transport_text<Media, &TransportParameters::ice_pwd>("ice-pwd"),
    transport_text<Media, &TransportParameters::ice_options>("ice-options"),
    {"fingerprint", read_fingerprint<Media>, write_fingerprints<Media>},
    {"setup", read_setup<Media>, write_setup<Media>},
    text<Media, &Media::mid>("mid"),
    flag<Media, &Media::bundle_only>("bundle-only"),
    flag<Media, &Media::extmap_allow_mixed>("extmap-allow-mixed"),
    {"extmap", read_extmap, write_extmaps},
    direction<Direction::sendrecv>(),
    direction<Direction::sendonly>(),
    direction<Direction::recvonly>(),
    direction<Direction::inactive>(),
    {"msid", read_msid, write_msids},
    flag<Media, &Media::rtcp_mux>("rtcp-mux"),
    flag<Media, &Media::rtcp_rsize>("rtcp-rsize"),
    {"rtpmap", read_rtpmap, write_rtpmaps},
    {"rtcp-fb", read_rtcp_feedback, write_rtcp_feedback},
    {"fmtp", read_fmtp, write_fmtps},
    {"ssrc-group", read_ssrc_group, write_ssrc_groups},
    {"ssrc", read_ssrc, write_ssrcs},
    {"rid", read_rid, write_rids},
    {"simulcast", read_simulcast, write_simulcast},
    {"sctp-port", read_sctp_port, write_number<&Media::sctp_port>},
    {"max-message-size", read_max_message_size, write_number<&Media::max_message_size>},
};

}  // namespace

std::span<const Attribute<Session>> session_attributes() { return kSession; }
std::span<const Attribute<Media>> media_attributes() { return kMedia; }

void write_attribute(std::string& out, std::string_view name, std::string_view value) {
  out.append("a=").append(name);
  if (!value.empty()) out.append(":").append(value);
  out.append("\r\n");
}

}  // namespace costage::sfu::sdp
