// What a client may ask for: how much one message may name, and how much work it may make in a while.
#pragma once

#include "signal/state.hpp"

namespace costage::signal {

// True: within what can exist, and paid for from the participant's budget. False: this is no client of ours.
[[nodiscard]] bool admit(const Turn& t, Participant& self, const livekit::SignalRequest& request);

}  // namespace costage::signal
