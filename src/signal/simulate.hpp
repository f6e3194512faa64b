// Faults that clients ask for in their own tests (SimulateScenario).
#pragma once

#include "signal/state.hpp"

namespace costage::signal {

void on_simulate(Turn& t, Participant& self, const livekit::SimulateScenario& scenario);
// A client that resumes while a scenario says so loses its WebSocket again: before any message, or after all.
[[nodiscard]] bool drops_resume(Participant& self, Instant now, DropOnResume::When when);
// Those whom a scenario had speak are silent again.
void end_simulated_speech(Turn& t);

}  // namespace costage::signal
