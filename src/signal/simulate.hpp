// Faults that clients ask for in their own tests (SimulateScenario). Those that concern other parts of a LiveKit
// cluster have no effect here.
#pragma once

#include "signal/state.hpp"

namespace costage::signal {

void on_simulate(Turn& t, Participant& self, const livekit::SimulateScenario& scenario);

}  // namespace costage::signal
