#include "signal/move.hpp"

#include <utility>

#include "signal/announce.hpp"
#include "signal/backup_codec.hpp"
#include "signal/data_tracks.hpp"
#include "signal/departure.hpp"
#include "signal/devices.hpp"
#include "signal/limits.hpp"
#include "signal/rpc.hpp"
#include "signal/speakers.hpp"
#include "signal/subscriptions.hpp"
#include "signal/tracks.hpp"

namespace costage::signal {
namespace {

constexpr int kKnowsRoomMoved = 16;  // client protocol

std::optional<ApiRefusal> refusal(const Participant* self, const RoomState& to, bool replaces) {
  if (!self) return ApiRefusal::participant_not_found;
  if (self->forwarded()) return ApiRefusal::forwarded;
  if (self->client.protocol() < kKnowsRoomMoved) return ApiRefusal::client_too_old;
  // Whoever is away would come back with the token of the room they have left.
  if (!self->signal_up || self->state != livekit::ParticipantInfo::ACTIVE) return ApiRefusal::not_connected;
  if (to.participants.size() >= max_participants(to.options) + (replaces ? 1 : 0)) return ApiRefusal::room_full;
  return std::nullopt;
}

// Nobody forwards to the room that they leave, or from it: that ends before the peer moves.
void end_media(Turn& t, Participant& self) {
  for (const auto& [sid, subscription] : self.subscriptions)
    if (subscription.active) t.tell_media(media::Unsubscribe{self.sid, forwarded_sid(sid, subscription)});
  self.subscriptions.clear();
  end_data_subscriptions(t, self);
  end_viewing(t, self);
  for (auto& [sid, track] : self.tracks) {
    forget_track(t, self, track);
    track.had_subscriber = false;
    track.webhook_due = track.published;
  }
  forget_data_tracks(t, self);
}

// Not every client takes room_moved to mean that.
void say_all_left(Turn& t, const PeerSid& to) {
  livekit::SignalResponse message;
  for (const auto& [sid, other] : t.room.participants)
    if (!other.hidden()) *message.mutable_update()->add_participants() = describe_departed(other, livekit::MIGRATION);
  if (message.has_update()) t.send(to, std::move(message));
}

Participant take_out(Turn& t, const PeerSid& sid) {
  end_media(t, *t.find(sid));
  end_calls_to(t, sid);
  for (HeldAnswer& held : t.room.held_answers)
    if (held.to == sid) t.send(std::exchange(held.to, {}), held.message);
  Participant self = std::move(*t.find(sid));
  t.room.participants.erase(sid);
  t.room.by_identity.erase(self.grants.identity);
  say_all_left(t, sid);
  announce_departure(t, self, livekit::MIGRATION, false);
  announce_count_later(t);
  const auto info = describe_departed(self, livekit::MIGRATION);
  webhook(t, "participant_left", &info);
  t.notice(Left{self.grants.identity, LeftReason::removed});
  finish_if_empty(t);
  return self;
}

void tell_moved(Turn& t, const Participant& self) {
  livekit::SignalResponse message;
  livekit::RoomMovedResponse& moved = *message.mutable_room_moved();
  *moved.mutable_room() = describe(t.room);
  *moved.mutable_participant() = describe(self);
  for (const auto& [sid, other] : t.room.participants)
    if (sid != self.sid && !other.hidden()) *moved.add_other_participants() = describe(other);
  t.effects.push_back(SendMoved{self.sid, self.grants, std::move(message)});
  t.effects.push_back(SendToken{self.sid, self.grants});  // LiveKit's Rust SDK takes it from nowhere else
}

void tell_the_others(Turn& t, Participant& self) {
  announce_now(t, self);
  announce_count_later(t);
  const auto info = describe(self);
  webhook(t, "participant_joined", &info);
  notice_connected(t, self);
}

void take_in(Turn& t, Participant moved) {
  const PeerSid sid = moved.sid;
  Participant& self = t.room.participants[sid] = std::move(moved);
  self.grants.lease_id.clear();  // a seat is one of the room that was left
  self.joined_at = t.now;
  self.joined_wall = t.wall;
  self.quality.reset();
  t.room.by_identity[self.grants.identity] = sid;
  t.room.finish_at = kNever;
  for (const auto& [track, info] : self.tracks) t.room.publisher_of[track] = sid;
  for (const auto& [handle, track] : self.data_tracks) t.room.data_publisher_of[TrackSid{track.sid()}] = sid;
  t.tell_media(media::MovePeer{sid, t.room.sid});
  tell_moved(t, self);
  tell_the_others(t, self);
  refresh_all_subscriptions_of(t, self);
  for (auto& [track_sid, track] : self.tracks) {
    refresh_all_subscribers_of(t, self, track);
    if (track.published) tell_published(t, self, track);
  }
  refresh_data_subscriptions_of(t, self);
  refresh_data_subscribers_of(t, self);
  tell_known_qualities(t, self);
}

}  // namespace

Result<PeerSid, ApiRefusal> move(Turn& from, Turn& to, const std::string& identity) {
  const Participant* self = from.find_identity(identity);
  const Participant* there = to.find_identity(identity);
  if (const auto refused = refusal(self, to.room, there != nullptr)) return fail(*refused);
  const PeerSid sid = self->sid;
  if (there)
    depart(to, there->sid, {livekit::DUPLICATE_IDENTITY, livekit::LeaveRequest::DISCONNECT, LeftReason::replaced});
  take_in(to, take_out(from, sid));
  return sid;
}

}  // namespace costage::signal
