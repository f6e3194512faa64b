#include "signal/join.hpp"

#include <utility>

#include "base/codecs.hpp"
#include "signal/announce.hpp"
#include "signal/departure.hpp"
#include "signal/limits.hpp"
#include "signal/metadata.hpp"
#include "signal/speakers.hpp"
#include "signal/subscriptions.hpp"

namespace costage::signal {
namespace {

std::optional<JoinRefusal> refusal(const RoomState& room, const Grants& grants, bool replaces) {
  if (room.finished) return JoinRefusal::room_finished;
  if (grants.identity.empty() || grants.identity.size() > kMaxIdentity) return JoinRefusal::identity_invalid;
  if (!fits(grants.name, grants.metadata, grants.attributes)) return JoinRefusal::too_large;
  if (room.participants.size() >= max_participants(room.options) + (replaces ? 1 : 0)) return JoinRefusal::room_full;
  return std::nullopt;
}

livekit::SignalResponse join_response(const RoomState& room, const Participant& self) {
  livekit::SignalResponse message;
  livekit::JoinResponse& join = *message.mutable_join();
  *join.mutable_room() = describe(room);
  *join.mutable_participant() = describe(self);
  for (const auto& [sid, other] : room.participants)
    if (sid != self.sid && !other.hidden()) *join.add_other_participants() = describe(other);
  *join.mutable_server_info() = server_info();
  join.set_server_version(join.server_info().version());
  join.set_subscriber_primary(self.primary() == media::Transport::subscriber);
  join.set_fast_publish(self.grants.permission.can_publish());
  join.set_ping_interval(static_cast<int>(kPingInterval.count()));
  join.set_ping_timeout(static_cast<int>(kPingTimeout.count()));
  for (const media::CodecRow& codec : media::kCodecs)
    join.add_enabled_publish_codecs()->set_mime(std::string{codec.mime});
  join.add_enabled_publish_codecs()->set_mime(std::string{media::kRedMime});
  join.mutable_client_configuration()->set_resume_connection(livekit::ENABLED);
  return message;
}

// Whoever joins anew with a token that had no room for metadata gets back what the room knew of them.
void recall_metadata(const RoomState& room, const Participant* old, Grants& grants) {
  if (!std::exchange(grants.metadata_left_out, false)) return;
  if (old) {
    grants.metadata = old->grants.metadata;
    grants.attributes = old->grants.attributes;
    return;
  }
  for (const Departure& departure : room.departures) {
    if (departure.info.identity() != grants.identity) continue;
    grants.metadata = departure.info.metadata();
    grants.attributes = {departure.info.attributes().begin(), departure.info.attributes().end()};
  }
}

// True: the old session's tracks stay with others for a moment, as the new one will have them again.
bool succeed(Turn& t, const Participant& old, bool visible) {
  const bool goes_on = visible && !old.forwarded();  // who was shown here is not the session that comes
  const bool republishes = goes_on && !old.hidden() && publishes(old);
  depart(t, old.sid, {livekit::DUPLICATE_IDENTITY, livekit::LeaveRequest::DISCONNECT, LeftReason::replaced, goes_on});
  flush_announcements(t);
  return republishes;
}

Participant& add_participant(Turn& t, Join request) {
  const PeerSid sid{"PA_" + t.rng.text(12)};
  Participant& participant = t.room.participants[sid];
  participant.sid = sid;
  participant.grants = std::move(request.grants);
  participant.client = std::move(request.client);
  participant.auto_subscribe = request.auto_subscribe;
  participant.auto_subscribe_data_tracks = request.auto_subscribe_data_tracks;
  participant.connections = request.connections;
  participant.joined_at = t.now;
  participant.joined_wall = t.wall;
  participant.join_by = t.now + kJoinTimeout;
  participant.refresh_token_at = t.now + kTokenRefresh;
  t.room.by_identity[participant.grants.identity] = sid;
  t.room.finish_at = kNever;
  return participant;
}

}  // namespace

livekit::ServerInfo server_info() {
  livekit::ServerInfo info;
  info.set_version("1.13.5");  // the LiveKit release whose behaviour clients may expect: they switch features by it
  info.set_protocol(17);
  return info;
}

Result<PeerSid, JoinRefusal> join(Turn& t, Join request) {
  const Participant* old = t.find_identity(request.grants.identity);
  if (const auto refused = refusal(t.room, request.grants, old != nullptr)) return fail(*refused);
  recall_metadata(t.room, old, request.grants);
  const bool republishes = old && succeed(t, *old, !request.grants.permission.hidden());
  const bool allow_pause = request.allow_pause, firefox = request.client.browser() == "firefox";
  Participant& self = add_participant(t, std::move(request));
  t.send(self.sid, join_response(t.room, self));
  // The subscriber transport exists even without the right to subscribe, so that the right can be given later.
  t.tell_media(media::AddPeer{t.room.sid, self.sid, self.connections, firefox, allow_pause});
  refresh_all_subscriptions_of(t, self);
  tell_known_qualities(t, self);
  t.effects.push_back(SendToken{self.sid, self.grants});
  if (republishes) self.unseen_until = t.now + kRepublishWithin;
  announce_soon(t, self);
  announce_count_later(t);
  return self.sid;
}

}  // namespace costage::signal
