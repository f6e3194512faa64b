// What media measures, passed to those it concerns: who speaks, how good a connection is, which video is paused.
#pragma once

#include "signal/state.hpp"

namespace costage::signal {

void on_speakers_changed(Turn& t, const media::SpeakersChanged& event);
void on_quality_measured(Turn& t, Participant& participant, const media::QualityMeasured& event);
// Measurements are told when they change, so a newcomer gets those of the others once.
void tell_known_qualities(Turn& t, const Participant& newcomer);
void on_subscription_paused(Turn& t, Participant& subscriber, const media::SubscriptionPaused& event);

}  // namespace costage::signal
