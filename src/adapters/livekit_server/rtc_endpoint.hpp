// /rtc and its neighbours: signalling v0. The paths of v1 answer 404, which makes newer clients fall back to v0.
#pragma once

#include "adapters/http/server.hpp"
#include "adapters/livekit_server/admission.hpp"
#include "adapters/livekit_server/room_hub.hpp"

namespace costage::livekit_server {

void mount_rtc(http::Server& server, const Admission& admission, RoomHub& hub);

}  // namespace costage::livekit_server
