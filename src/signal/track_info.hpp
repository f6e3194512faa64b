// How a track is described to clients and webhooks (TrackInfo).
#pragma once

#include "signal/state.hpp"

namespace costage::signal {

livekit::TrackInfo track_info(Turn& t, const livekit::AddTrackRequest& request);
// What was negotiated for it; once.
void add_codec(Track& track, const media::TrackStarted& event);
// What is known of its streams.
void describe_streams(Track& track);

}  // namespace costage::signal
