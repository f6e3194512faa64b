// What a room wants done in the world, in order: the adapter carries the list out from front to back.
#pragma once

#include <livekit/signal.pb.h>
#include <livekit/webhook.pb.h>

#include <set>
#include <string>
#include <variant>
#include <vector>

#include "base/media.hpp"
#include "base/result.hpp"
#include "signal/grants.hpp"

namespace costage::signal {

using media::PeerSid;
using media::TrackSid;

// The same message to each of `to`, over the WebSocket that participant has now.
struct Send {
  std::vector<PeerSid> to;
  livekit::SignalResponse message;
};
// A new token with these grants, sent as refresh_token: clients reconnect with it.
struct SendToken {
  PeerSid to;
  Grants grants;
};
// Closes the participant's WebSocket after what was sent before.
struct CloseConnection {
  PeerSid peer;
};

// Notices: what the application hears about.
enum class LeftReason { client, timeout, removed, replaced, room_closed };
struct Connected {  // its media connection is up, for the first time or again
  std::string identity, lease_id;
};
struct Interrupted {  // signalling or media lost, not given up yet
  std::string identity;
};
struct Left {
  std::string identity;
  LeftReason reason{};
};
enum class Device { off, muted, on };  // on: its media arrives
struct Devices {
  Device microphone = Device::off;
  Device camera = Device::off;
  bool sending = false;  // at least one track of any source is on
  Device screen = Device::off;
  friend bool operator==(const Devices&, const Devices&) = default;
};
struct DevicesChanged {  // also with every Connected
  std::string identity;
  Devices devices;
};
struct QualityChanged {
  std::string identity;
  media::Quality quality{};
};
using Notice = std::variant<Connected, Interrupted, Left, DevicesChanged, QualityChanged>;

// A participant has answered a call of the server API, or will not any more.
struct RpcDone {
  std::string id;
  Result<std::string, livekit::RpcError> payload;
};

// Somebody was taken into this room from another (room_moved); the message has no token yet.
struct SendMoved {
  PeerSid to;
  Grants grants;
  livekit::SignalResponse message;
};

// Said by somebody who is shown in these rooms too: it is heard there as well.
struct DataForwarded {
  PeerSid from;
  std::set<media::RoomSid> rooms;
  media::Channel channel{};
  media::SharedBytes bytes;
};

// Nobody is in the room any more and its timeout has passed, or it was deleted: forget it.
struct RoomFinished {};

using Effect = std::variant<Send, SendToken, SendMoved, CloseConnection, media::Command, Notice, RpcDone, DataForwarded,
                            livekit::WebhookEvent, RoomFinished>;
using Effects = std::vector<Effect>;

}  // namespace costage::signal
