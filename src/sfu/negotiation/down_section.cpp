#include "sfu/negotiation/down_section.hpp"

#include <fmt/format.h>

#include "sfu/negotiation/profile.hpp"

namespace costage::sfu {

void write_opus(const DownFormat& format, bool stereo, sdp::Media& out) {
  out.payload_types = {format.payload_type};
  out.rtpmaps = {{format.payload_type, "opus", 48000, 2}};
  out.fmtps = {{format.payload_type,
                stereo ? "minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1" : "minptime=10;useinbandfec=1"}};
}

void write_vp8(const DownFormat& format, sdp::Media& out) {
  out.payload_types = {format.payload_type};
  out.rtpmaps = {{format.payload_type, "VP8", 90000, 1}};
  for (const char* feedback : {"goog-remb", "ccm fir", "nack", "nack pli"})
    out.rtcp_feedback.push_back({format.payload_type, feedback});
  if (format.rtx_payload_type != 0) {
    out.payload_types.push_back(format.rtx_payload_type);
    out.rtpmaps.push_back({format.rtx_payload_type, "rtx", 90000, 1});
    out.fmtps = {{format.rtx_payload_type, fmt::format("apt={}", format.payload_type)}};
  }
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

}  // namespace costage::sfu
