// What a client says about itself before its WebSocket opens: in the query of `/rtc` (LiveKit signalling v0), or in a
// join request (v1, see join_request.hpp).
#pragma once

#include <livekit/signal.pb.h>

#include <string>
#include <vector>

#include "adapters/http/server.hpp"
#include "adapters/livekit_server/refused.hpp"
#include "base/media.hpp"
#include "base/result.hpp"
#include "signal/grants.hpp"
#include "signal/state.hpp"

namespace costage::livekit_server {

struct ConnectRequest {
  livekit::JoinRequest join;  // made from the query where there was none
  media::Connections connections = media::Connections::pair;
  signal::RoomOptions room_options;  // of the room, should this join open it; from the token

  // What the client would have sent on the WebSocket first; a join request carries it along.
  [[nodiscard]] std::vector<livekit::SignalRequest> first_requests() const;
};

enum class Signalling { v0, v1 };
[[nodiscard]] Result<ConnectRequest, Refused> read_connect_request(const http::Request& request, Signalling signalling);

// The client may set metadata and attributes of its own with the right to change them.
[[nodiscard]] Result<signal::Grants, Refused> with_own_metadata(signal::Grants grants,
                                                                const livekit::JoinRequest& join);

}  // namespace costage::livekit_server
