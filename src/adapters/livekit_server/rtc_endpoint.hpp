// /rtc and its neighbours: signalling v0. The paths of v1 answer 404, which makes newer clients fall back to v0.
#pragma once

#include "adapters/http/server.hpp"
#include "adapters/livekit_server/admission.hpp"
#include "adapters/livekit_server/room_hub.hpp"
#include "base/rate_limiter.hpp"

namespace costage::livekit_server {

// A client that starts over after each request to leave would have a fresh budget each time; nobody who means well
// joins as often.
inline constexpr unsigned kJoinsPerMinute = 120;

// `joins` counts them by room and identity.
void mount_rtc(http::Server& server, const Admission& admission, RoomHub& hub, RateLimiter& joins);

}  // namespace costage::livekit_server
