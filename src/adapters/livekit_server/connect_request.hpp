// The query of `/rtc` (LiveKit signalling v0): what a client says about itself before the WebSocket opens.
#pragma once

#include <livekit/models.pb.h>

#include <string>

#include "adapters/http/server.hpp"
#include "base/media.hpp"
#include "signal/state.hpp"

namespace costage::livekit_server {

struct ConnectRequest {
  livekit::ClientInfo client;
  bool auto_subscribe = true;
  bool allow_pause = false;
  bool reconnect = false;
  media::PeerSid participant;        // with reconnect: the session to resume
  signal::RoomOptions room_options;  // of the room, should this join open it; from the token
};

[[nodiscard]] ConnectRequest read_connect_request(const http::Request& request);

}  // namespace costage::livekit_server
