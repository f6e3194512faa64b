#include "sfu/room.hpp"

#include <algorithm>
#include <cmath>

#include "sfu/congestion/quality.hpp"

namespace costage::sfu {
namespace {

// The loudest of a peer's microphones; a muted one is silent.
AudioActivity::Window close_window(Peer& peer) {
  AudioActivity::Window out;
  for (const auto& track : peer.publisher.tracks()) {
    if (track->announced.kind != media::Kind::audio) continue;
    AudioActivity::Window window = track->activity.close_window();
    if (track->muted()) window = {};
    out.active |= window.active;
    out.level = std::max(out.level, window.level);
  }
  return out;
}

bool worth_telling(const AudioActivity::Window& before, const AudioActivity::Window& now) {
  constexpr float kAudibleChange = 0.02F;
  return before.active != now.active || (now.active && std::abs(before.level - now.level) >= kAudibleChange);
}

}  // namespace

void Room::measure_speakers(Context& context) {
  media::SpeakersChanged event{.room = sid_};
  for (Peer* peer : peers_) {
    const AudioActivity::Window speech = close_window(*peer);
    if (!worth_telling(peer->speech, speech)) continue;
    peer->speech = speech;
    event.speakers.push_back({peer->sid, speech.active ? speech.level : 0, speech.active});
  }
  if (!event.speakers.empty()) context.emit(std::move(event));
}

void Room::measure_quality(Context& context, Peer& peer) {
  const auto up = peer.publisher.take_link_sample();
  const auto down = peer.subscriber.take_link_sample();
  if (!up && !down) return;
  Grade worst;
  for (const auto& sample : {up, down})
    if (sample) {
      const Grade one = grade(*sample);
      if (one.score < worst.score) worst = one;
    }
  if (worst.quality == peer.quality) return;
  peer.quality = worst.quality;
  context.emit(media::QualityMeasured{peer.sid, worst.quality, worst.score});
}

void Room::measure_demand(Context& context, Peer& peer, Instant now) {
  for (const auto& track : peer.publisher.tracks()) {
    if (!track->bound() || track->announced.kind != media::Kind::video) continue;
    const auto demand = track->demand();
    if (!track->demand_memory.changed(now, demand)) continue;
    context.emit(
        media::LayerDemand{peer.sid, track->announced.track, demand.has_value(), demand.value_or(media::Layer::low)});
  }
}

}  // namespace costage::sfu
