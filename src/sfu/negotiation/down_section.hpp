// A media section that carries a track to the client, whoever offered it: we (SubscriberOffers) or the client, who
// lends it (LentSections).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/media.hpp"
#include "sfu/forward/codec.hpp"
#include "sfu/wire/sdp/session.hpp"

namespace costage::sfu {

// What the section says.
struct DownSectionContent {
  media::TrackSid track;
  media::TrackSid shown_as;  // to the client
  const Codec* codec = nullptr;
  std::string fmtp;       // as its publisher sends it (a=fmtp)
  std::string publisher;  // participant sid
  std::string stream;     // tracks with the same name are played in sync
  bool stereo = false;
  bool red = false;  // its publisher sends Opus with redundancy
  std::uint32_t ssrc = 0;
  std::uint32_t rtx_ssrc = 0;  // video only
};

// The same picture to the client.
[[nodiscard]] inline bool is_another_codec(const DownSectionContent& left, const DownSectionContent& right) {
  return left.shown_as == right.shown_as && left.track != right.track;
}

// How its packets are marked.
struct DownFormat {
  std::uint8_t payload_type = 0;
  std::uint8_t rtx_payload_type = 0;  // 0: none
  std::uint8_t abs_send_time_id = 0;  // header extensions, 0: none
  std::uint8_t descriptor_id = 0;
  std::string fmtp;
  std::uint8_t red_payload_type = 0;  // 0: plain Opus only
};

// Agreed with the client: from now on the track may be sent.
struct StartedSection {
  DownSectionContent content;
  DownFormat format;
};

// The tracks that one client is to get. What is added or removed becomes true with the next negotiation.
class DownSections {
 public:
  virtual ~DownSections() = default;
  // False: there are kMaxViewerTracks.
  // A section that another codec of the same picture leaves in the same negotiation it takes over: the client sees no
  // track end and none begin.
  virtual bool add(const DownSectionContent& content) = 0;
  virtual bool remove(const media::TrackSid& track) = 0;
};

// Opus with redundancy, before the Opus that it repeats.
void write_red(std::uint8_t payload_type, std::uint8_t opus, sdp::Media& out);
// The codec of a section that sends, or could.
void write_format(const Codec& codec, const DownFormat& format, bool stereo, sdp::Media& out);
// Direction, streams and SSRCs. `first_shown`: the first track that the section carried.
void write_sender(const DownSectionContent& content, const media::TrackSid& first_shown, sdp::Media& out);

}  // namespace costage::sfu
