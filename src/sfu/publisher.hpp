// The sending half of one peer: its tracks, and everything we tell it about how they arrive.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/media.hpp"
#include "base/time.hpp"
#include "sfu/congestion/arrival_recorder.hpp"
#include "sfu/congestion/quality.hpp"
#include "sfu/context.hpp"
#include "sfu/forward/published_track.hpp"
#include "sfu/negotiation/client_answer.hpp"
#include "sfu/section_match.hpp"
#include "sfu/wire/rtcp/compound.hpp"
#include "sfu/wire/rtp.hpp"

namespace costage::sfu {

class Publisher {
 public:
  static constexpr std::size_t kMaxSsrcs = 256;
  // From its announcement until an offer sends it; LiveKit's clients give a publication up after as long.
  static constexpr Duration kWaitForSection = std::chrono::seconds(10);

  Publisher(Context& context, PeerTimers& timers, media::RoomSid room, media::PeerSid peer);

  // The client's new offer, and the transport on which what it offers will come.
  void take_offer(ClientOffer offer, PeerTransport& transport);
  [[nodiscard]] const ClientOffer& offer() const { return *offer_; }
  // How the track of this section is to be encoded.
  [[nodiscard]] AudioPreferences preferences(const OfferedSection& section) const;
  // The tracks that the client no longer sends: remove() them, then bind_sections().
  [[nodiscard]] std::vector<media::TrackSid> ended() const;
  // False: over a limit (kMaxPeerTracks, kMaxLoopTracks), or the sid is taken.
  bool announce(const media::PublishTrack& track, Instant now);
  // Those that wait in vain for a section; remove() them.
  [[nodiscard]] std::vector<media::TrackSid> overdue(Instant now) const;
  void remove(const media::TrackSid& track);
  // Pairs announced tracks with sections of the offer that send and carry none yet.
  void bind_sections();
  [[nodiscard]] const PublishedTracks& tracks() const { return tracks_; }
  void move_to(const media::RoomSid& room);

  void on_rtp(Instant now, Bytes packet);
  void on_rtcp(Instant now, Bytes packet);

  // NACKs and key frame requests that are due. Arms its timer again while something is open.
  void repair(Instant now);
  void send_feedback();
  void send_reports(Instant now);
  // Since the last call; empty while nothing is published.
  [[nodiscard]] std::optional<LinkSample> take_link_sample();

 private:
  // Which stream an SSRC is.
  struct Source {
    PublishedTrack* track = nullptr;
    media::Layer layer{};
    bool rtx = false;
  };
  struct Extensions {
    std::string_view mid;
    std::string_view rid;
    std::string_view repaired_rid;
    std::optional<rtp::AudioLevel> audio_level;
    std::optional<std::uint16_t> transport_sequence;
    Bytes descriptor;
  };

  [[nodiscard]] PublishedTrack* track_of_mid(std::string_view mid) const;
  // Bound to the section, or will be; nullptr: none.
  [[nodiscard]] PublishedTrack* track_on(const OfferedSection& section) const;
  void choose_format(OfferedSection& section) const;
  void bind(PublishedTrack& track, const OfferedSection& section);
  // False: too many.
  bool learn_source(std::uint32_t ssrc, const Source& source);
  void forget_sources(const PublishedTrack* track);

  [[nodiscard]] Extensions read_extensions(const rtp::Packet& packet) const;
  [[nodiscard]] Source find_source(const rtp::Packet& packet, const Extensions& extensions);
  [[nodiscard]] Source identify(const rtp::Packet& packet, const Extensions& extensions) const;
  void take(const IncomingRtp& in, const Source& source);
  void take_red(IncomingRtp in, const Source& source);
  void forward(const MediaPacket& packet, PublishedTrack& track);
  void tell_first_packets(PublishedTrack& track);
  void repair_layer(Instant now, PublishedTrack& track, PublishedLayer& layer);
  [[nodiscard]] Instant next_repair(Instant now) const;
  void on_sender_report(Instant now, const rtcp::Packet& packet);

  Context& context_;
  PeerTimers& timers_;
  media::RoomSid room_;
  const media::PeerSid peer_;
  PeerTransport* transport_ = nullptr;  // before the first offer none
  const std::uint32_t rtcp_ssrc_;
  std::optional<ClientOffer> offer_;
  PublishedTracks tracks_;
  SectionMatch match_;
  std::unordered_map<std::uint32_t, Source> sources_;
  std::uint32_t feedback_ssrc_ = 0;  // any media SSRC, as transport-wide feedback names one
  ArrivalRecorder arrivals_;
  std::uint64_t sampled_expected_ = 0;
  std::uint64_t sampled_received_ = 0;
};

}  // namespace costage::sfu
