// Joining: the session is created, gets its JoinResponse, is announced, and media begins.
#pragma once

#include "base/result.hpp"
#include "signal/room.hpp"

namespace costage::signal {

Result<PeerSid, JoinRefusal> join(Turn& t, Join request);

livekit::ServerInfo server_info();

}  // namespace costage::signal
