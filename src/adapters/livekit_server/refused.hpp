// A refusal before the WebSocket opens.
#pragma once

#include <string>

namespace costage::livekit_server {

// As clients classify it: 401 and 403 not allowed, 400 wrong request (of all 4xx livekit-client shows the text), 503
// try later.
struct Refused {
  unsigned status = 401;
  std::string text;
};

}  // namespace costage::livekit_server
