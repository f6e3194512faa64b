// Who gets which track: the subscriber wants it, may subscribe, and the publisher allows it.
#pragma once

#include "signal/state.hpp"

namespace costage::signal {

void on_update_subscription(Turn& t, Participant& self, const livekit::UpdateSubscription& request);
void on_track_setting(Turn& t, Participant& self, const livekit::UpdateTrackSettings& settings);
// The publisher says who may subscribe to which of its tracks.
void on_subscription_permission(Turn& t, Participant& self, const livekit::SubscriptionPermission& permission);

void set_wanted(Turn& t, Participant& subscriber, const TrackSid& track, bool wanted);
void set_enabled(Turn& t, Participant& subscriber, const TrackSid& track, bool enabled);

// Tells media which layer this subscriber wants.
void configure(Turn& t, const Participant& subscriber, const TrackSid& track, const Subscription& subscription);

// Bring media's subscriptions in line with what is wanted and allowed now.
void refresh_all_subscriptions_of(Turn& t, Participant& subscriber);
void refresh_all_subscribers_of(Turn& t, Participant& publisher, Track& track);

// The layer that fills these dimensions: the smallest that is at least as large, else the largest there is.
media::Layer layer_for(const livekit::TrackInfo& track, std::uint32_t width, std::uint32_t height);

void on_subscription_failed(Turn& t, Participant& subscriber, const media::SubscriptionFailed& event);

}  // namespace costage::signal
