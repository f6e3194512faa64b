// A client that lost its WebSocket comes back to the session it had.
#pragma once

#include "signal/state.hpp"

namespace costage::signal {

[[nodiscard]] bool resume(Turn& t, const PeerSid& sid, const std::string& identity);
// What the client believes, sent after a resume.
void on_sync_state(Turn& t, Participant& self, const livekit::SyncState& sync);

}  // namespace costage::signal
