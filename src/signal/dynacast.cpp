#include "signal/dynacast.hpp"

#include <algorithm>

namespace costage::signal {
namespace {

// "video/VP8" -> "vp8", as clients name codecs.
std::string codec_name(const std::string& mime) {
  std::string name = mime.substr(mime.find('/') + 1);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

}  // namespace

void on_layer_demand(Turn& t, const Participant& publisher, const media::LayerDemand& demand) {
  const auto it = publisher.tracks.find(demand.track);
  if (it == publisher.tracks.end() || it->second.info.type() != livekit::VIDEO) return;
  const livekit::TrackInfo& track = it->second.info;
  livekit::SignalResponse message;
  auto& update = *message.mutable_subscribed_quality_update();
  update.set_track_sid(track.sid());
  auto& codec = *update.add_subscribed_codecs();
  codec.set_codec(codec_name(track.mime_type()));
  for (int quality = livekit::LOW; quality <= livekit::HIGH; ++quality) {
    auto& entry = *codec.add_qualities();
    entry.set_quality(static_cast<livekit::VideoQuality>(quality));
    entry.set_enabled(demand.wanted && quality <= static_cast<int>(demand.max_layer));
  }
  *update.mutable_subscribed_qualities() = codec.qualities();
  t.send(publisher.sid, std::move(message));
}

}  // namespace costage::signal
