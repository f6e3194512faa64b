// What the parts of one Sfu share. Owned by Sfu::Impl, which outlives them all.
#pragma once

#include <unordered_map>
#include <utility>
#include <vector>

#include "base/media.hpp"
#include "base/rng.hpp"
#include "sfu/forward/published_track.hpp"
#include "sfu/negotiation/profile.hpp"
#include "sfu/packet_batch.hpp"
#include "sfu/peer/certificate.hpp"
#include "sfu/peer/transport.hpp"
#include "sfu/sfu.hpp"
#include "sfu/stats.hpp"
#include "sfu/timers.hpp"

namespace costage::sfu {

struct Context {
  Context(Config config, Rng& rng) : config(std::move(config)), rng(rng), transports(certificate, rng, out, stats) {}

  Config config;
  Rng& rng;
  Certificate certificate;
  PacketBatch out;
  Stats stats;
  TimerTable<LoopTimer> timers;
  Deadlines deadlines;  // of the peers
  TransportContext transports;
  std::vector<media::Event> events;
  // Every track of every room; owned by their publishers.
  std::unordered_map<media::TrackSid, PublishedTrack*> tracks;

  void emit(media::Event event) { events.push_back(std::move(event)); }
  [[nodiscard]] PublishedTrack* find_track(const media::TrackSid& track) const {
    const auto found = tracks.find(track);
    return found == tracks.end() ? nullptr : found->second;
  }
  [[nodiscard]] LocalTransport local_transport(const PeerTransport& transport, std::uint64_t session_id,
                                               std::uint64_t version) const {
    return {transport.local(), certificate.fingerprint(), config.candidates, session_id, version};
  }
};

}  // namespace costage::sfu
