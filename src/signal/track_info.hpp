// How a track is described to clients and webhooks (TrackInfo).
#pragma once

#include "signal/state.hpp"

namespace costage::signal {

livekit::TrackInfo track_info(Turn& t, const livekit::AddTrackRequest& request);
// What was negotiated for it; once.
void add_codec(Track& track, const media::TrackStarted& event);
// Its publisher says so; by default, some put all layers of a codec that can into one.
[[nodiscard]] bool has_one_layer_per_stream(const Track& track);
// It names a second codec, which it does not send unless asked.
[[nodiscard]] bool announces_backup(const Track& track);
// What its publisher says when it begins to send that.
void describe_second_codec(Track& track, const livekit::AddTrackRequest& request);
// What is known of its streams.
void describe_streams(Track& track);

}  // namespace costage::signal
