// What signalling notices, in the words of the use cases.
#pragma once

#include <string>

#include "app/ports/media_server.hpp"
#include "signal/effects.hpp"

namespace costage::livekit_server {

[[nodiscard]] app::MediaEvent to_media_event(const domain::RoomId& room, const signal::Notice& notice);

}  // namespace costage::livekit_server
