#include "signal/dynacast.hpp"

#include <algorithm>

#include "signal/backup_codec.hpp"
#include "signal/track_info.hpp"

namespace costage::signal {
namespace {

// "video/VP8" -> "vp8", as clients name codecs.
std::string codec_name(const std::string& mime) {
  std::string name = mime.substr(mime.find('/') + 1);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

// Somebody waits for the second codec, which is not sent yet.
bool is_backup_awaited(const Turn& t, const TrackSid& sid) {
  return std::any_of(t.room.participants.begin(), t.room.participants.end(), [&](const auto& entry) {
    const auto it = entry.second.subscriptions.find(sid);
    return it != entry.second.subscriptions.end() && it->second.backup && it->second.wanted;
  });
}

// The highest layer that is wanted; empty: none.
std::optional<media::Layer> highest(const std::optional<media::LayerDemand>& demand) {
  if (!demand) return media::Layer::high;
  return demand->wanted ? std::optional{demand->max_layer} : std::nullopt;
}

void add_codec(livekit::SubscribedQualityUpdate& update, const std::string& mime, std::optional<media::Layer> wanted) {
  auto& codec = *update.add_subscribed_codecs();
  codec.set_codec(codec_name(mime));
  for (int quality = livekit::LOW; quality <= livekit::HIGH; ++quality) {
    auto& entry = *codec.add_qualities();
    entry.set_quality(static_cast<livekit::VideoQuality>(quality));
    entry.set_enabled(wanted && quality <= static_cast<int>(*wanted));
  }
}

}  // namespace

void on_layer_demand(Turn& t, Participant& publisher, const media::LayerDemand& demand) {
  const auto it = publisher.tracks.find(known_sid(demand.track));
  if (it == publisher.tracks.end() || it->second.info.type() != livekit::VIDEO) return;
  Track& track = it->second;
  if (!is_backup(demand.track))
    track.demand = demand;
  else if (track.backup)
    track.backup->demand = demand;
  tell_demand(t, publisher, track);
}

void tell_demand(Turn& t, const Participant& publisher, const Track& track) {
  livekit::SignalResponse message;
  auto& update = *message.mutable_subscribed_quality_update();
  update.set_track_sid(track.info.sid());
  add_codec(update, track.info.mime_type(), track.first_given_up ? std::nullopt : highest(track.demand));
  if (track.backup)
    add_codec(update, track.info.codecs(1).mime_type(), highest(track.backup->demand));
  else if (announces_backup(track) && is_backup_awaited(t, TrackSid{track.info.sid()}))
    add_codec(update, track.info.codecs(1).mime_type(), media::Layer::high);
  *update.mutable_subscribed_qualities() = update.subscribed_codecs(0).qualities();
  t.send(publisher.sid, std::move(message));
}

}  // namespace costage::signal
