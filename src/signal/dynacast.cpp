#include "signal/dynacast.hpp"

#include <algorithm>

#include "signal/limits.hpp"

namespace costage::signal {
namespace {

// "video/VP8" -> "vp8", as clients name codecs.
std::string codec_name(const std::string& mime) {
  std::string name = mime.substr(mime.find('/') + 1);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

void tell(Turn& t, const Participant& publisher, Track& track) {
  track.wish.told = track.wish.wanted;
  track.wish.tell_at = kNever;
  livekit::SignalResponse message;
  auto& update = *message.mutable_subscribed_quality_update();
  update.set_track_sid(track.info.sid());
  auto& codec = *update.add_subscribed_codecs();
  codec.set_codec(codec_name(track.info.mime_type()));
  for (int quality = livekit::LOW; quality <= livekit::HIGH; ++quality) {
    auto& entry = *codec.add_qualities();
    entry.set_quality(static_cast<livekit::VideoQuality>(quality));
    entry.set_enabled(quality <= track.wish.told);
  }
  *update.mutable_subscribed_qualities() = codec.qualities();
  t.send(publisher.sid, std::move(message));
}

}  // namespace

void on_layer_demand(Turn& t, Participant& publisher, const media::LayerDemand& demand) {
  const auto it = publisher.tracks.find(demand.track);
  if (it == publisher.tracks.end() || it->second.info.type() != livekit::VIDEO) return;
  LayerWish& wish = it->second.wish;
  wish.wanted = demand.wanted ? static_cast<int>(demand.max_layer) : kNoLayer;
  if (wish.wanted == wish.told) {
    wish.tell_at = kNever;
  } else if (wish.wanted > wish.told && wish.wanted != kNoLayer) {
    tell(t, publisher, it->second);
  } else {
    wish.tell_at = std::min(wish.tell_at, t.now + kDynacastDowngrade);
  }
}

void tell_due_downgrades(Turn& t) {
  for (auto& [sid, participant] : t.room.participants)
    for (auto& [track_sid, track] : participant.tracks)
      if (track.wish.tell_at <= t.now) tell(t, participant, track);
}

}  // namespace costage::signal
