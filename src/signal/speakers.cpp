#include "signal/speakers.hpp"

#include <algorithm>

#include "signal/backup_codec.hpp"

namespace costage::signal {
namespace {

bool hears(const Participant& listener, const Participant& speaker) {
  if (listener.sid == speaker.sid) return true;
  return std::any_of(speaker.tracks.begin(), speaker.tracks.end(), [&](const auto& entry) {
    const auto it = listener.subscriptions.find(entry.first);
    return it != listener.subscriptions.end() && it->second.active;
  });
}

livekit::ConnectionQuality quality_of(media::Quality quality) {
  switch (quality) {
    case media::Quality::poor:
      return livekit::POOR;
    case media::Quality::good:
      return livekit::GOOD;
    case media::Quality::excellent:
      return livekit::EXCELLENT;
    case media::Quality::lost:
      return livekit::LOST;
  }
  return livekit::GOOD;
}

void add_quality(livekit::SignalResponse& message, const PeerSid& subject, livekit::ConnectionQuality quality,
                 float score) {
  auto& update = *message.mutable_connection_quality()->add_updates();
  update.set_participant_sid(subject.value());
  update.set_quality(quality);
  update.set_score(score);
}

}  // namespace

void on_speakers_changed(Turn& t, const media::SpeakersChanged& event) {
  // Listeners who hear the same speakers share one message.
  std::map<std::vector<std::size_t>, std::vector<PeerSid>> audiences;
  for (const auto& [sid, listener] : t.room.participants) {
    std::vector<std::size_t> heard;
    for (std::size_t i = 0; i < event.speakers.size(); ++i) {
      const Participant* speaker = t.find(event.speakers[i].peer);
      if (speaker && hears(listener, *speaker)) heard.push_back(i);
    }
    if (!heard.empty()) audiences[std::move(heard)].push_back(sid);
  }
  for (auto& [heard, audience] : audiences) {
    livekit::SignalResponse message;
    for (const std::size_t i : heard) {
      auto& info = *message.mutable_speakers_changed()->add_speakers();
      info.set_sid(event.speakers[i].peer.value());
      info.set_level(event.speakers[i].level);
      info.set_active(event.speakers[i].active);
    }
    t.send(std::move(audience), std::move(message));
  }
}

void on_quality_measured(Turn& t, Participant& self, const media::QualityMeasured& event) {
  self.quality = event;
  if (!self.forwarded()) t.notice(QualityChanged{self.grants.identity, event.quality});
  std::vector<PeerSid> others;
  for (const auto& [sid, listener] : t.room.participants)
    if (sid != self.sid && hears(listener, self)) others.push_back(sid);
  livekit::SignalResponse to_others, to_self;
  add_quality(to_others, self.sid, quality_of(event.quality), event.score);
  t.send(std::move(others), std::move(to_others));
  // A publisher that reads LOST about itself for 10 s starts over, so it hears of a poor connection only.
  const auto own = event.quality == media::Quality::lost ? livekit::POOR : quality_of(event.quality);
  add_quality(to_self, self.sid, own, event.score);
  t.send(self.sid, std::move(to_self));
}

void tell_known_qualities(Turn& t, const Participant& newcomer) {
  livekit::SignalResponse message;
  for (const auto& [sid, other] : t.room.participants)
    if (other.quality && !other.hidden() && hears(newcomer, other))
      add_quality(message, sid, quality_of(other.quality->quality), other.quality->score);
  if (message.has_connection_quality()) t.send(newcomer.sid, std::move(message));
}

void on_subscription_paused(Turn& t, Participant& subscriber, const media::SubscriptionPaused& event) {
  const TrackSid track = known_sid(event.track);
  const auto publisher = t.room.publisher_of.find(track);
  if (publisher == t.room.publisher_of.end()) return;
  livekit::SignalResponse message;
  auto& state = *message.mutable_stream_state_update()->add_stream_states();
  state.set_participant_sid(publisher->second.value());
  state.set_track_sid(track.value());
  state.set_state(event.paused ? livekit::PAUSED : livekit::ACTIVE);
  t.send(subscriber.sid, std::move(message));
}

}  // namespace costage::signal
