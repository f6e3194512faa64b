#include "loadgen/sdp.hpp"

#include <arpa/inet.h>
#include <fmt/core.h>

#include <cstring>
#include <sstream>

#include "loadgen/media_source.hpp"

namespace costage::bench {
namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::istringstream in{std::string(text)};
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(std::move(word));
  return out;
}

// The value of "a=name:value"; empty if the line is another.
std::optional<std::string_view> attribute(std::string_view line, std::string_view name) {
  if (!line.starts_with("a=") || !line.substr(2).starts_with(name)) return {};
  line.remove_prefix(2 + name.size());
  if (!line.starts_with(':')) return {};
  return line.substr(1);
}

bool is_codec_line(std::string_view line) {
  for (const char* name : {"a=rtpmap:", "a=fmtp:", "a=rtcp-fb:", "a=extmap:"})
    if (line.starts_with(name)) return true;
  return false;
}

bool is_direction(std::string_view line) {
  return line == "a=sendrecv" || line == "a=sendonly" || line == "a=recvonly" || line == "a=inactive";
}

void read_transport_line(std::string_view line, SdpDescription& out) {
  if (auto v = attribute(line, "ice-ufrag")) out.ice.ufrag = *v;
  if (auto v = attribute(line, "ice-pwd")) out.ice.pwd = Secret{std::string(*v)};
  if (auto v = attribute(line, "fingerprint")) out.fingerprint = *v;
  if (auto v = attribute(line, "setup")) out.setup = *v;
  if (line.starts_with("a=candidate:") && !out.candidate) out.candidate = parse_candidate(line.substr(2));
}

void read_section_line(std::string_view line, SdpSection& out) {
  if (auto v = attribute(line, "mid")) out.mid = *v;
  if (auto v = attribute(line, "msid")) out.publisher = v->substr(0, v->find('|'));
  if (auto v = attribute(line, "ssrc")) {
    const auto ssrc = static_cast<std::uint32_t>(std::stoul(std::string(*v)));
    if (out.ssrcs.empty() || out.ssrcs.back() != ssrc) out.ssrcs.push_back(ssrc);
  }
  if (is_direction(line)) out.direction = line.substr(2);
  if (is_codec_line(line)) out.codec_lines.emplace_back(line);
}

SdpSection begin_section(std::string_view line) {
  const auto words = words_of(line.substr(2));
  SdpSection out;
  out.media = words.at(0);
  for (std::size_t i = 3; i < words.size(); ++i) out.formats += (i > 3 ? " " : "") + words[i];
  return out;
}

std::string write_head(std::string_view mids) {
  return fmt::format(
      "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE{}\r\na=extmap-allow-mixed\r\na=msid-semantic: "
      "WMS *\r\n",
      mids);
}

std::string write_transport(const LocalTransport& local, std::string_view setup, std::string_view mid) {
  return fmt::format(
      "c=IN IP4 0.0.0.0\r\na=ice-ufrag:{}\r\na=ice-pwd:{}\r\na=ice-options:trickle\r\na=fingerprint:{}\r\n"
      "a=setup:{}\r\na=mid:{}\r\n",
      local.ice.ufrag, local.ice.pwd.reveal(), local.fingerprint, setup, mid);
}

std::string write_data_section(const LocalTransport& local, std::string_view setup, std::string_view mid) {
  return "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n" + write_transport(local, setup, mid) +
         "a=sctp-port:5000\r\na=max-message-size:65535\r\n";
}

std::string write_answer_section(const SdpSection& offered, const LocalTransport& local) {
  if (offered.media == "application") {
    return write_data_section(local, "active", offered.mid);
  }
  std::string out = fmt::format("m={} 9 UDP/TLS/RTP/SAVPF {}\r\n", offered.media, offered.formats);
  out += write_transport(local, "active", offered.mid);
  const bool receives = offered.direction == "sendonly" || offered.direction == "sendrecv";
  out += fmt::format("a={}\r\na=rtcp-mux\r\na=rtcp-rsize\r\n", receives ? "recvonly" : "inactive");
  for (const auto& line : offered.codec_lines) out += line + "\r\n";
  return out;
}

constexpr const char* kAbsSendTimeUri = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
constexpr const char* kTransportSequenceUri =
    "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

std::string write_offer_section(std::string_view media, std::string_view mid, int payload_type, std::string_view codec,
                                std::string_view cid, std::uint32_t ssrc, const LocalTransport& local) {
  std::string out = fmt::format("m={} 9 UDP/TLS/RTP/SAVPF {}\r\n", media, payload_type);
  out += write_transport(local, "actpass", mid);
  out += fmt::format("a=sendonly\r\na=rtcp-mux\r\na=rtcp-rsize\r\na=msid:loadgen {}\r\n{}", cid, codec);
  out += fmt::format("a=extmap:{} urn:ietf:params:rtp-hdrext:sdes:mid\r\n", kMidExtension);
  return out + fmt::format("a=ssrc:{} cname:loadgen\r\na=ssrc:{} msid:loadgen {}\r\n", ssrc, ssrc, cid);
}

std::string audio_codec() {
  return fmt::format(
      "a=rtpmap:{0} opus/48000/2\r\na=fmtp:{0} minptime=10;useinbandfec=1\r\n"
      "a=extmap:{1} urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n",
      kOpusPayloadType, kAudioLevelExtension);
}

std::string video_codec(const VideoCodecRow& row) {
  std::string out = fmt::format(
      "a=rtpmap:{0} {1}/90000\r\na=rtcp-fb:{0} nack\r\na=rtcp-fb:{0} nack pli\r\na=rtcp-fb:{0} ccm fir\r\n"
      "a=rtcp-fb:{0} transport-cc\r\na=extmap:{2} {3}\r\n",
      row.payload_type, row.name, kTransportSequenceExtension, kTransportSequenceUri);
  if (!row.fmtp.empty()) out += fmt::format("a=fmtp:{} {}\r\n", row.payload_type, row.fmtp);
  if (row.descriptors) out += fmt::format("a=extmap:{} {}\r\n", kDescriptorExtension, sfu::dependency_descriptor::kUri);
  return out;
}

// What a viewer takes, each video codec with RTX (RFC 4588) of the next payload type, as a browser.
std::string received_video_codecs() {
  std::string out;
  for (const VideoCodecRow& row : kVideoCodecs) {
    if (row.codec == VideoCodec::av1_svc) continue;  // as AV1
    out += fmt::format(
        "a=rtpmap:{0} {1}/90000\r\na=rtcp-fb:{0} goog-remb\r\na=rtcp-fb:{0} ccm fir\r\na=rtcp-fb:{0} nack\r\n"
        "a=rtcp-fb:{0} nack pli\r\na=rtpmap:{2} rtx/90000\r\na=fmtp:{2} apt={0}\r\n",
        row.payload_type, row.name, row.payload_type + 1);
    if (!row.fmtp.empty()) out += fmt::format("a=fmtp:{} {}\r\n", row.payload_type, row.fmtp);
  }
  return out + fmt::format("a=extmap:{} {}\r\na=extmap:{} {}\r\n", kDescriptorExtension,
                           sfu::dependency_descriptor::kUri, kAbsSendTimeExtension, kAbsSendTimeUri);
}

std::string received_video_types() {
  std::string out;
  for (const VideoCodecRow& row : kVideoCodecs)
    if (row.codec != VideoCodec::av1_svc) out += fmt::format(" {} {}", row.payload_type, row.payload_type + 1);
  return out.substr(1);
}

std::string write_receiving_section(std::string_view media, std::string_view mid, const LocalTransport& local) {
  const bool audio = media == "audio";
  std::string out = fmt::format("m={} 9 UDP/TLS/RTP/SAVPF {}\r\n", media,
                                audio ? std::to_string(kOpusPayloadType) : received_video_types());
  out += write_transport(local, "actpass", mid) + "a=recvonly\r\na=rtcp-mux\r\na=rtcp-rsize\r\n";
  out += audio ? audio_codec() : received_video_codecs();
  return out + fmt::format("a=extmap:{} urn:ietf:params:rtp-hdrext:sdes:mid\r\n", kMidExtension);
}

}  // namespace

std::optional<Address> parse_candidate(std::string_view line) {
  const auto words = words_of(line);
  if (words.size() < 6 || (words[2] != "udp" && words[2] != "UDP")) return {};
  in_addr ip{};
  if (inet_pton(AF_INET, words[4].c_str(), &ip) != 1) return {};
  Address out = Address::v4(0, 0, 0, 0, static_cast<std::uint16_t>(std::stoul(words[5])));
  std::memcpy(out.ip.data() + 12, &ip, sizeof ip);
  return out;
}

SdpDescription parse_sdp(std::string_view text) {
  SdpDescription out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("m=")) out.sections.push_back(begin_section(line));
    read_transport_line(line, out);
    if (!out.sections.empty()) read_section_line(line, out.sections.back());
  }
  return out;
}

std::string write_answer(const SdpDescription& offer, const LocalTransport& local) {
  std::string mids;
  for (const auto& section : offer.sections) mids += " " + section.mid;
  std::string out = write_head(mids);
  for (const auto& section : offer.sections) out += write_answer_section(section, local);
  return out;
}

std::string write_offer(const OfferedTracks& tracks, const LocalTransport& local) {
  const VideoCodecRow& row = row_of(tracks.codec);
  return write_head(" 0 1") +
         write_offer_section("audio", "0", kOpusPayloadType, audio_codec(), tracks.audio_cid, tracks.audio_ssrc,
                             local) +
         write_offer_section("video", "1", row.payload_type, video_codec(row), tracks.video_cid, tracks.video_ssrc,
                             local);
}

std::string write_receiving_offer(const std::vector<std::string>& media, const LocalTransport& local) {
  std::string mids = " data", sections;
  for (std::size_t i = 0; i < media.size(); ++i) {
    const std::string mid = std::to_string(i);
    mids += " " + mid;
    sections += write_receiving_section(media[i], mid, local);
  }
  return write_head(mids) + write_data_section(local, "actpass", "data") + sections;
}

}  // namespace costage::bench
