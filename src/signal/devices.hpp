// What a participant sends, as the application hears it: the sum over all tracks and their mute states, never a single
// event about one of them.
#pragma once

#include "signal/state.hpp"

namespace costage::signal {

[[nodiscard]] Devices devices_of(const Participant& participant);

// To be called after any change of a track: a notice follows if the sum has changed.
void notice_devices(Turn& t, Participant& participant);
// The participant's connection is up: what the application knows may be of an earlier one.
void notice_connected(Turn& t, Participant& participant);

}  // namespace costage::signal
