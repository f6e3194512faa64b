#include "signal/announce.hpp"

#include <algorithm>
#include <array>

#include "base/codecs.hpp"
#include "signal/limits.hpp"

namespace costage::signal {
namespace {

constexpr std::int64_t kMsPerSecond = 1000;
// From then on clients know participants by identity: a new sid is the same one in a new session.
constexpr int kIdentityProtocol = 12;

void mark(Turn& t, Participant& participant) {
  ++participant.version;
  auto& waiting = t.room.unannounced;
  if (std::find(waiting.begin(), waiting.end(), participant.sid) == waiting.end()) waiting.push_back(participant.sid);
}

void flush_unless_quiet(Turn& t) {
  if (t.now >= t.room.quiet_until)
    flush_announcements(t);
  else
    t.room.announce_at = t.room.quiet_until;
}

void flush_successions(Turn& t) {
  livekit::SignalResponse update;
  for (auto& info : t.room.unannounced_successions) *update.mutable_update()->add_participants() = std::move(info);
  t.room.unannounced_successions.clear();
  std::vector<PeerSid> to;
  for (const auto& [sid, participant] : t.room.participants)
    if (participant.client.protocol() < kIdentityProtocol) to.push_back(sid);
  if (update.has_update()) t.send(std::move(to), std::move(update));
}

void remember_departure(Turn& t, livekit::ParticipantInfo info) {
  auto& departures = t.room.departures;
  departures.push_back({t.now, std::move(info)});
  while (departures.size() > kMaxDepartures || departures.front().at + kDeparturesFor < t.now) departures.pop_front();
}

}  // namespace

bool publishes(const Participant& participant) {
  return !participant.data_tracks.empty() || std::any_of(participant.tracks.begin(), participant.tracks.end(),
                                                         [](const auto& entry) { return entry.second.published; });
}

livekit::ParticipantInfo describe(const Participant& p) {
  livekit::ParticipantInfo info;
  info.set_sid(p.sid.value());
  info.set_identity(p.grants.identity);
  info.set_name(p.grants.name);
  info.set_metadata(p.grants.metadata);
  info.mutable_attributes()->insert(p.grants.attributes.begin(), p.grants.attributes.end());
  info.set_state(p.state);
  info.set_joined_at(to_unix_ms(p.joined_wall) / kMsPerSecond);
  info.set_joined_at_ms(to_unix_ms(p.joined_wall));
  info.set_version(p.version);
  *info.mutable_permission() = p.grants.permission;
  info.set_is_publisher(p.is_publisher);
  info.set_kind(p.grants.kind);
  for (const auto detail : p.grants.kind_details) info.add_kind_details(detail);
  info.set_client_protocol(p.client.client_protocol());
  *info.mutable_capabilities() = p.client.capabilities();
  for (const auto& [sid, track] : p.tracks)
    if (track.published) *info.add_tracks() = track.info;
  for (const auto& [handle, track] : p.data_tracks) *info.add_data_tracks() = track;
  return info;
}

livekit::ParticipantInfo describe_departed(const Participant& p, livekit::DisconnectReason reason) {
  livekit::ParticipantInfo info = describe(p);
  info.clear_tracks();
  info.clear_data_tracks();
  info.set_state(livekit::ParticipantInfo::DISCONNECTED);
  info.set_disconnect_reason(reason);
  info.set_version(p.version + 1);
  return info;
}

livekit::Room describe(const RoomState& room) {
  livekit::Room info;
  info.set_sid(room.sid.value());
  info.set_name(room.name);
  info.set_empty_timeout(static_cast<std::uint32_t>(room.options.empty_timeout.count()));
  info.set_departure_timeout(static_cast<std::uint32_t>(room.options.departure_timeout.count()));
  info.set_max_participants(room.options.max_participants);
  info.set_creation_time(to_unix_ms(room.created) / kMsPerSecond);
  info.set_creation_time_ms(to_unix_ms(room.created));
  info.set_metadata(room.options.metadata);
  for (const media::CodecRow& codec : media::kCodecs) info.add_enabled_codecs()->set_mime(std::string{codec.mime});
  for (const std::string_view mime : {media::kRedMime, std::string_view{"video/rtx"}})
    info.add_enabled_codecs()->set_mime(std::string{mime});
  std::uint32_t visible = 0, publishers = 0;
  for (const auto& [sid, participant] : room.participants) {
    visible += !participant.hidden();
    publishers += participant.is_publisher;
  }
  info.set_num_participants(visible);
  info.set_num_publishers(publishers);
  return info;
}

std::vector<PeerSid> everybody(const RoomState& room) {
  std::vector<PeerSid> all;
  all.reserve(room.participants.size());
  for (const auto& [sid, participant] : room.participants)
    if (!participant.forwarded()) all.push_back(sid);
  return all;
}

void announce_now(Turn& t, Participant& participant) {
  participant.unseen_until = kNever;
  mark(t, participant);
  flush_announcements(t);
}

void announce_soon(Turn& t, Participant& participant) {
  if (participant.unseen_until != kNever) return;
  mark(t, participant);
  flush_unless_quiet(t);
}

void announce_overdue(Turn& t) {
  for (auto& [sid, participant] : t.room.participants)
    if (participant.unseen_until <= t.now) announce_now(t, participant);
}

void announce_departure(Turn& t, const Participant& participant, livekit::DisconnectReason reason, bool succeeded) {
  std::erase(t.room.unannounced, participant.sid);
  if (participant.hidden()) return;
  livekit::ParticipantInfo info = describe_departed(participant, reason);
  remember_departure(t, info);
  auto& waiting = succeeded ? t.room.unannounced_successions : t.room.unannounced_departures;
  waiting.push_back(std::move(info));
  if (publishes(participant))
    flush_announcements(t);
  else
    flush_unless_quiet(t);
}

void flush_announcements(Turn& t) {
  RoomState& room = t.room;
  flush_successions(t);
  // Departures first: somebody who came back under the same identity must not be taken for the one who left.
  livekit::SignalResponse update;
  for (auto& info : room.unannounced_departures) *update.mutable_update()->add_participants() = std::move(info);
  for (const PeerSid& sid : room.unannounced) {
    const Participant* participant = t.find(sid);
    if (!participant) continue;
    if (!participant->hidden()) {
      *update.mutable_update()->add_participants() = describe(*participant);
      continue;
    }
    livekit::SignalResponse own;
    *own.mutable_update()->add_participants() = describe(*participant);
    t.send(sid, std::move(own));
  }
  room.unannounced_departures.clear();
  room.unannounced.clear();
  room.announce_at = kNever;
  room.quiet_until = t.now + kAnnounceInterval;
  if (update.has_update()) t.send(everybody(room), std::move(update));
}

void announce_room(Turn& t) {
  livekit::SignalResponse message;
  *message.mutable_room_update()->mutable_room() = describe(t.room);
  t.room.count_update_at = kNever;
  t.send(everybody(t.room), std::move(message));
}

void announce_count_later(Turn& t) {
  t.room.count_update_at = std::min(t.room.count_update_at, t.now + kRoomCountInterval);
}

void webhook(Turn& t, std::string event, const livekit::ParticipantInfo* participant, const livekit::TrackInfo* track) {
  if (!t.room.options.webhooks) return;
  livekit::WebhookEvent out;
  out.set_event(std::move(event));
  out.set_id("EV_" + t.rng.text(12));
  out.set_created_at(to_unix_ms(t.wall) / kMsPerSecond);
  *out.mutable_room() = describe(t.room);
  if (participant) *out.mutable_participant() = *participant;
  if (track) *out.mutable_track() = *track;
  t.effects.push_back(std::move(out));
}

}  // namespace costage::signal
