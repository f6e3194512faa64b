// What LiveKit has beside rooms and this server does not: refused by name, so that nobody takes it for a wrong address.
#pragma once

#include "adapters/http/server.hpp"

namespace costage::livekit_server {

void mount_absent_services(http::Server& server);

}  // namespace costage::livekit_server
