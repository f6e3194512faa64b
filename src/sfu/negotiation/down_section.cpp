#include "sfu/negotiation/down_section.hpp"

#include <fmt/format.h>

#include "sfu/negotiation/profile.hpp"

namespace costage::sfu {

namespace {

std::string parameters(const Codec& codec, const DownFormat& format, bool stereo) {
  if (codec.is_video()) return format.fmtp;
  return stereo ? "minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1" : "minptime=10;useinbandfec=1";
}

}  // namespace

void write_red(std::uint8_t payload_type, std::uint8_t opus, sdp::Media& out) {
  out.payload_types.push_back(payload_type);
  out.rtpmaps.push_back({payload_type, "red", 48000, 2});
  out.fmtps.push_back({payload_type, fmt::format("{0}/{0}", opus)});
}

void write_format(const Codec& codec, const DownFormat& format, bool stereo, sdp::Media& out) {
  const std::uint8_t pt = format.payload_type;
  if (format.red_payload_type != 0) write_red(format.red_payload_type, pt, out);
  out.payload_types.push_back(pt);
  out.rtpmaps.push_back({pt, std::string(codec.row.name), codec.row.clock_rate, codec.row.channels});
  if (const std::string fmtp = parameters(codec, format, stereo); !fmtp.empty()) out.fmtps.push_back({pt, fmtp});
  if (!codec.is_video()) return;
  for (const char* feedback : {"goog-remb", "ccm fir", "nack", "nack pli"}) out.rtcp_feedback.push_back({pt, feedback});
  const std::uint8_t rtx = format.rtx_payload_type;
  if (rtx == 0) return;
  out.payload_types.push_back(rtx);
  out.rtpmaps.push_back({rtx, "rtx", codec.row.clock_rate, 1});
  out.fmtps.push_back({rtx, fmt::format("apt={}", pt)});
}

void write_sender(const DownSectionContent& content, const media::TrackSid& first_shown, sdp::Media& out) {
  out.direction = sdp::Direction::sendonly;
  // A browser keeps the track id of a section's first use. Clients then take the track's sid from the stream id, which
  // costs such tracks the common stream name and with it lip-sync across tracks.
  const std::string& name = content.shown_as == first_shown ? content.stream : content.shown_as.value();
  out.msids = {{content.publisher + "|" + name, content.shown_as.value()}};
  const std::string msid = out.msids[0].stream + " " + out.msids[0].track;
  out.ssrcs = {{content.ssrc, content.publisher, msid}};
  if (content.rtx_ssrc == 0) return;
  out.ssrcs.push_back({content.rtx_ssrc, content.publisher, msid});
  out.ssrc_groups = {{"FID", {content.ssrc, content.rtx_ssrc}}};
}

}  // namespace costage::sfu
