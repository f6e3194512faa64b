// Data tracks: named streams of frames on the `_data_track` channel. Who publishes which, who gets which under which
// handle of theirs. The packets never come here: media sends them to who is subscribed.
#pragma once

#include "signal/state.hpp"

namespace costage::signal {

void on_publish_data_track(Turn& t, Participant& self, const livekit::PublishDataTrackRequest& request);
void on_unpublish_data_track(Turn& t, Participant& self, const livekit::UnpublishDataTrackRequest& request);
void on_update_data_subscription(Turn& t, Participant& self, const livekit::UpdateDataSubscription& request);
// Of a client that comes back: true if it publishes nothing that is unknown here.
[[nodiscard]] bool knows_data_tracks(const Participant& self, const livekit::SyncState& sync);
// The handles as they are now, for a client that may have missed a change.
void tell_data_track_handles(Turn& t, const Participant& subscriber);

// After a change of rights, visibility or state of either side.
void refresh_data_subscriptions_of(Turn& t, Participant& subscriber);
void refresh_data_subscribers_of(Turn& t, Participant& publisher);
void end_data_track(Turn& t, Participant& self, std::uint16_t handle);
// It lost the right to publish data.
void unpublish_forbidden_data_tracks(Turn& t, Participant& self);
// Somebody is leaving, and still in the room: nothing goes to them any more.
void end_data_subscriptions(Turn& t, Participant& leaving);
// ... and is gone, from media too: nobody gets what they published.
void forget_data_tracks(Turn& t, const Participant& gone);

}  // namespace costage::signal
