#include "signal/resume.hpp"

#include <algorithm>
#include <utility>

#include "signal/announce.hpp"
#include "signal/data.hpp"
#include "signal/data_tracks.hpp"
#include "signal/departure.hpp"
#include "signal/devices.hpp"
#include "signal/join.hpp"
#include "signal/limits.hpp"
#include "signal/simulate.hpp"
#include "signal/subscriptions.hpp"

namespace costage::signal {
namespace {

livekit::SignalResponse reconnect_response(const Participant& self) {
  livekit::SignalResponse message;
  *message.mutable_reconnect()->mutable_server_info() = server_info();
  message.mutable_reconnect()->mutable_client_configuration()->set_resume_connection(livekit::ENABLED);
  message.mutable_reconnect()->set_last_message_seq(self.last_sequence);
  return message;
}

// Those who left while the client was away. Somebody who is back under the same identity is not among them: clients
// look up a departure by identity and would drop the new session.
void send_departures(Turn& t, const Participant& self) {
  livekit::SignalResponse message;
  for (const Departure& departure : t.room.departures) {
    const bool back = t.room.by_identity.contains(departure.info.identity());
    if (departure.at >= self.joined_at && !back) *message.mutable_update()->add_participants() = departure.info;
  }
  if (message.has_update()) t.send(self.sid, std::move(message));
}

void send_everybody(Turn& t, const Participant& self) {
  livekit::SignalResponse message;
  for (const auto& [sid, other] : t.room.participants)
    if (sid == self.sid || !other.hidden()) *message.mutable_update()->add_participants() = describe(other);
  t.send(self.sid, std::move(message));
}

void send_room(Turn& t, const Participant& self) {
  livekit::SignalResponse message;
  *message.mutable_room_update()->mutable_room() = describe(t.room);
  t.send(self.sid, std::move(message));
}

bool knows_tracks(const Participant& self, const livekit::SyncState& sync) {
  return std::all_of(sync.publish_tracks().begin(), sync.publish_tracks().end(),
                     [&](const auto& published) { return self.tracks.contains(TrackSid{published.track().sid()}); });
}

void hang_up(Turn& t, Participant& self) {
  self.signal_up = false;
  t.effects.push_back(CloseConnection{self.sid});
}

}  // namespace

bool resume(Turn& t, const PeerSid& sid, const std::string& identity) {
  Participant* self = t.find(sid);
  if (!self || self->forwarded() || self->grants.identity != identity || !self->requests.take(t.now, kResumeCost))
    return false;
  self->signal_up = true;
  self->resumed_at = t.now;
  self->replay_due = true;
  const bool media_up = self->is_up(self->primary());
  self->gone_at = media_up ? kNever : t.now + kJoinTimeout;
  if (drops_resume(*self, t.now, DropOnResume::When::before_messages)) {
    hang_up(t, *self);
    return true;
  }
  flush_announcements(t);
  t.send(sid, reconnect_response(*self));
  send_departures(t, *self);
  send_everybody(t, *self);
  send_room(t, *self);
  if (!self->data_subscriptions.empty()) tell_data_track_handles(t, *self);
  t.effects.push_back(SendToken{sid, self->grants});
  t.tell_media(media::RestartIce{sid});
  if (media_up && self->interrupted) {
    self->interrupted = false;
    notice_connected(t, *self);
  }
  if (drops_resume(*self, t.now, DropOnResume::When::after_messages)) hang_up(t, *self);
  return true;
}

void on_sync_state(Turn& t, Participant& self, const livekit::SyncState& sync) {
  if (!knows_tracks(self, sync) || !knows_data_tracks(self, sync)) {
    require_full_reconnect(t, self.sid, livekit::STATE_MISMATCH);
    return;
  }
  for (const std::string& track : sync.track_sids_disabled()) set_enabled(t, self, TrackSid{track}, false);
  if (sync.has_subscription()) on_update_subscription(t, self, sync.subscription());
  if (sync.has_data_subscription()) on_update_data_subscription(t, self, sync.data_subscription());
  if (!std::exchange(self.replay_due, false)) return;
  std::map<PeerSid, std::uint32_t> received;
  for (const auto& state : sync.datachannel_receive_states())
    received[PeerSid{state.publisher_sid()}] = state.last_seq();
  replay_after(t, self, received);
}

}  // namespace costage::signal
