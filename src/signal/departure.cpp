#include "signal/departure.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "signal/announce.hpp"
#include "signal/backup_codec.hpp"
#include "signal/data.hpp"
#include "signal/data_tracks.hpp"
#include "signal/devices.hpp"
#include "signal/limits.hpp"
#include "signal/rpc.hpp"
#include "signal/subscriptions.hpp"
#include "signal/tracks.hpp"

namespace costage::signal {
namespace {

void interrupt(Turn& t, Participant& self) {
  if (self.interrupted) return;
  self.interrupted = true;
  t.notice(Interrupted{self.grants.identity});
}

bool any_transport_up(const Participant& self) {
  return self.is_up(media::Transport::publisher) || self.is_up(media::Transport::subscriber);
}

// Whoever only lost the socket still answers on its media.
void end_if_silent(const Turn& t, Participant& self) {
  const auto speaks = [&](media::Transport transport) {
    return self.is_up(transport) && !self.silent.contains(transport);
  };
  if (self.signal_up || !any_transport_up(self)) return;
  if (speaks(media::Transport::publisher) || speaks(media::Transport::subscriber)) return;
  self.gone_at = std::min(self.gone_at, t.now);
}

void become_active(Turn& t, Participant& self) {
  const bool first = self.state != livekit::ParticipantInfo::ACTIVE;
  self.join_by = kNever;
  self.gone_at = kNever;
  if (first) {
    self.state = livekit::ParticipantInfo::ACTIVE;
    announce_soon(t, self);
    const auto info = describe(self);
    webhook(t, "participant_joined", &info);
    refresh_data_subscriptions_of(t, self);
  }
  if (first || (self.interrupted && self.signal_up)) {
    self.interrupted = false;
    notice_connected(t, self);
  }
}

// Closing the WebSocket makes clients resume with an ICE restart; one that does not is gone soon. Its other transport
// fails at about the same time, before or after the resume: that is no second loss.
void on_transport_failed(Turn& t, Participant& self) {
  interrupt(t, self);
  if (self.signal_up && t.now < self.resumed_at + kReconnectGrace) return;
  self.gone_at = std::min(self.gone_at, t.now + kReconnectGrace);
  if (!self.signal_up) return;
  self.signal_up = false;
  t.effects.push_back(CloseConnection{self.sid});
}

// By the client's wish, so nothing is repaired. A leave request mostly comes with it.
void on_transport_closed(Turn& t, Participant& self) {
  if (!any_transport_up(self)) self.gone_at = std::min(self.gone_at, t.now + kReconnectGrace);
}

// One by one, so that what is told of each end names the tracks that are left.
void forget_tracks(Turn& t, Participant& gone) {
  while (!gone.tracks.empty()) {
    auto track = gone.tracks.extract(gone.tracks.begin());
    forget_track(t, gone, track.mapped());
  }
}

void end_session(Turn& t, Participant& self, const Goodbye& goodbye) {
  if (goodbye.leave && self.signal_up) t.send(self.sid, leave_message(goodbye.reason, *goodbye.leave));
  t.effects.push_back(CloseConnection{self.sid});
  end_data_subscriptions(t, self);
  t.tell_media(media::RemovePeer{self.sid});
  end_calls_to(t, self.sid);
}

// Whoever was never there and has hung up is not waited for as a connection that broke.
livekit::DisconnectReason reason_of(const Participant& overdue) {
  const bool never_active = overdue.state != livekit::ParticipantInfo::ACTIVE;
  return never_active && !overdue.signal_up ? livekit::SIGNAL_CLOSE : livekit::CONNECTION_TIMEOUT;
}

}  // namespace

livekit::SignalResponse leave_message(livekit::DisconnectReason reason, livekit::LeaveRequest::Action action) {
  livekit::SignalResponse message;
  message.mutable_leave()->set_reason(reason);
  message.mutable_leave()->set_action(action);
  message.mutable_leave()->set_can_reconnect(action != livekit::LeaveRequest::DISCONNECT);
  return message;
}

void depart(Turn& t, const PeerSid& sid_in, const Goodbye& goodbye) {
  const PeerSid sid = sid_in;  // the caller's may live in the participant
  Participant* self = t.find(sid);
  COSTAGE_CHECK(self, "only a participant can depart");
  if (self->forwarded())
    end_viewing(t, *self);
  else
    end_session(t, *self, goodbye);

  Participant gone = std::move(*self);
  t.room.participants.erase(sid);
  t.room.forwarded_here.erase(sid);
  t.room.by_identity.erase(gone.grants.identity);
  announce_departure(t, gone, goodbye.reason, goodbye.succeeded);
  forget_tracks(t, gone);
  forget_data_tracks(t, gone);
  announce_count_later(t);
  const auto info = describe_departed(gone, goodbye.reason);
  webhook(t, gone.state == livekit::ParticipantInfo::ACTIVE ? "participant_left" : "participant_connection_aborted",
          &info);
  if (gone.forwarded()) return;
  t.notice(Left{gone.grants.identity, goodbye.notice});
  finish_if_empty(t);
}

void end_viewing(Turn& t, const Participant& publisher) {
  for (const auto& [viewer, other] : t.room.participants) {
    for (const auto& [track, info] : publisher.tracks)
      if (const auto s = other.subscriptions.find(track); s != other.subscriptions.end() && s->second.active)
        t.tell_media(media::Unsubscribe{viewer, forwarded_sid(track, s->second)});
    for (const auto& [handle, track] : publisher.data_tracks)
      if (const auto s = other.data_subscriptions.find(media::TrackSid{track.sid()});
          s != other.data_subscriptions.end() && s->second.handle != 0)
        t.tell_media(media::UnsubscribeDataTrack{publisher.sid, handle, viewer});
  }
}

void finish_if_empty(Turn& t) {
  if (t.room.deserted()) t.room.finish_at = t.now + t.room.options.departure_timeout;
}

void require_full_reconnect(Turn& t, const PeerSid& sid, livekit::DisconnectReason reason) {
  depart(t, sid, {reason, livekit::LeaveRequest::RECONNECT, LeftReason::timeout});
}

void on_signal_lost(Turn& t, Participant& self) {
  if (!self.signal_up) return;
  self.signal_up = false;
  interrupt(t, self);
  if (!any_transport_up(self)) self.gone_at = std::min(self.gone_at, t.now + kSignalLostGrace);
  end_if_silent(t, self);
}

void on_silence_changed(Turn& t, Participant& self, media::Transport transport, bool silent) {
  if (silent)
    self.silent.insert(transport);
  else
    self.silent.erase(transport);
  end_if_silent(t, self);
}

void on_transport_changed(Turn& t, Participant& self, media::Transport transport, media::TransportState state) {
  self.transports[transport] = state;
  if (state == media::TransportState::connected && transport == self.primary()) become_active(t, self);
  if (state == media::TransportState::failed) on_transport_failed(t, self);
  if (state == media::TransportState::closed) on_transport_closed(t, self);
}

void remove_overdue(Turn& t) {
  std::vector<std::pair<PeerSid, livekit::DisconnectReason>> overdue;
  for (const auto& [sid, participant] : t.room.participants) {
    if (participant.gone_at <= t.now)
      overdue.emplace_back(sid, reason_of(participant));
    else if (participant.join_by <= t.now)
      overdue.emplace_back(sid, livekit::JOIN_FAILURE);
  }
  for (const auto& [sid, reason] : overdue)
    depart(t, sid, {reason, livekit::LeaveRequest::DISCONNECT, LeftReason::timeout});
}

}  // namespace costage::signal
