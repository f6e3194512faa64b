// Promotion and demotion of somebody who is connected: new rights, a new token, and an end to what is no longer
// allowed.
#pragma once

#include "signal/state.hpp"

namespace costage::signal {

void set_permission(Turn& t, Participant& participant, const livekit::ParticipantPermission& permission);

}  // namespace costage::signal
