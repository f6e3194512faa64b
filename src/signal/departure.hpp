// Leaving, whoever wants it: the client, its silence, the server API, another session of the same identity.
#pragma once

#include <optional>

#include "signal/state.hpp"

namespace costage::signal {

struct Goodbye {
  livekit::DisconnectReason reason{};
  std::optional<livekit::LeaveRequest::Action> leave;  // sent to the client; nothing: its connection just closes
  LeftReason notice{};
  bool succeeded = false;  // by another session of this identity, which others will see
};
// The participant and everything of theirs is gone; references to it are invalid afterwards.
void depart(Turn& t, const PeerSid& sid, const Goodbye& goodbye);
// Media forwards nothing of theirs to anybody here any more.
void end_viewing(Turn& t, const Participant& publisher);
// The last one has gone: the room ends a while later.
void finish_if_empty(Turn& t);

// Our picture and the client's differ: it has to come back as a new session.
void require_full_reconnect(Turn& t, const PeerSid& sid, livekit::DisconnectReason reason);

// The WebSocket ended without a leave request. The session stays as long as its media transport lives.
void on_signal_lost(Turn& t, Participant& self);
void on_transport_changed(Turn& t, Participant& self, media::Transport transport, media::TransportState state);
// Whose socket is gone and whose media has fallen silent too has left, without a word.
void on_silence_changed(Turn& t, Participant& self, media::Transport transport, bool silent);
// Removes those whose time is up.
void remove_overdue(Turn& t);

livekit::SignalResponse leave_message(livekit::DisconnectReason reason, livekit::LeaveRequest::Action action);

}  // namespace costage::signal
