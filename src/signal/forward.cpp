#include "signal/forward.hpp"

#include <algorithm>

#include "signal/announce.hpp"
#include "signal/backup_codec.hpp"
#include "signal/data_tracks.hpp"
#include "signal/departure.hpp"
#include "signal/limits.hpp"
#include "signal/speakers.hpp"
#include "signal/subscriptions.hpp"
#include "signal/tracks.hpp"

namespace costage::signal {
namespace {

std::optional<ApiRefusal> refusal(const Turn& from, Turn& to, const Participant* self) {
  if (!self) return ApiRefusal::participant_not_found;
  if (self->forwarded()) return ApiRefusal::forwarded;
  if (self->hidden()) return ApiRefusal::hidden;
  if (self->state != livekit::ParticipantInfo::ACTIVE) return ApiRefusal::not_connected;
  const Participant* there = to.find_identity(self->grants.identity);
  if (there && there->sid != self->sid) return ApiRefusal::identity_taken;
  if (there) return std::nullopt;
  if (to.room.participants.size() >= max_participants(to.room.options)) return ApiRefusal::room_full;
  const auto shown_in = from.room.forwards.find(self->sid);
  if (shown_in != from.room.forwards.end() && shown_in->second.size() >= kMaxForwards)
    return ApiRefusal::too_many_forwards;
  return std::nullopt;
}

Grants shown(Grants grants) {
  grants.lease_id.clear();  // a seat is one of its own room
  grants.permission.set_can_subscribe(false);
  auto& details = grants.kind_details;
  if (std::find(details.begin(), details.end(), livekit::ParticipantInfo::FORWARDED) == details.end())
    details.push_back(livekit::ParticipantInfo::FORWARDED);
  return grants;
}

bool publishes(const Participant& original, const TrackSid& sid) {
  const auto it = original.tracks.find(sid);
  return it != original.tracks.end() && it->second.published;
}

// Media has taken it from its viewers, wherever they are.
void end_tracks(Turn& t, Participant& shadow, const Participant& original) {
  for (auto it = shadow.tracks.begin(); it != shadow.tracks.end();) {
    if (publishes(original, it->first)) {
      ++it;
      continue;
    }
    Track ended = std::move(it->second);
    it = shadow.tracks.erase(it);
    forget_track(t, shadow, ended);
  }
}

void end_data_tracks(Turn& t, Participant& shadow, const Participant& original) {
  std::vector<std::uint16_t> ended;
  for (const auto& [handle, track] : shadow.data_tracks) {
    const auto it = original.data_tracks.find(handle);
    if (it == original.data_tracks.end() || it->second.sid() != track.sid()) ended.push_back(handle);
  }
  for (const std::uint16_t handle : ended) end_data_track(t, shadow, handle);
}

void take_over(Turn& t, Participant& shadow, const Participant& original) {
  shadow.grants = shown(original.grants);
  shadow.is_publisher = original.is_publisher;
  for (const auto& [sid, track] : original.tracks) {
    if (!track.published) continue;
    const auto [mine, is_new] = shadow.tracks.try_emplace(sid);
    if (mine->second.backup && !track.backup) on_backup_ended(t, shadow, mine->second);
    mine->second.backup = track.backup;
    mine->second.info = track.info;
    mine->second.streams = track.streams;
    mine->second.published = true;
    if (is_new) mine->second.webhook_due = true;
    t.room.publisher_of[sid] = shadow.sid;
  }
  shadow.data_tracks = original.data_tracks;
  for (const auto& [handle, track] : shadow.data_tracks) t.room.data_publisher_of[TrackSid{track.sid()}] = shadow.sid;
}

// True: others here may see or get other things now.
bool take_over_changes(Turn& t, Participant& shadow, const Participant& original) {
  Original& known = *shadow.original;
  const bool told = known.version != original.version;
  const bool quiet = known.quiet_changes != original.quiet_changes;
  known.version = original.version;
  known.quiet_changes = original.quiet_changes;
  if (quiet) {
    shadow.allowed = original.allowed;
    shadow.blobs = original.blobs;
  }
  if (!told) return quiet;
  end_tracks(t, shadow, original);
  end_data_tracks(t, shadow, original);
  take_over(t, shadow, original);
  announce_now(t, shadow);  // before the offers that carry its media
  return true;
}

void tell_published_tracks(Turn& t, Participant& shadow, const Participant& original) {
  for (auto& [sid, track] : shadow.tracks) {
    const auto there = original.tracks.find(sid);
    if (!track.webhook_due || there == original.tracks.end()) continue;
    if (!there->second.flowing && !there->second.info.muted()) continue;
    track.info = there->second.info;  // more is known of its streams by now
    tell_published(t, shadow, track);
  }
}

void tell_quality(Turn& t, Participant& shadow, const Participant& original) {
  if (!original.quality) return;
  const auto& now = *original.quality;
  const auto& known = shadow.quality;
  if (known && known->quality == now.quality && known->score == now.score) return;
  on_quality_measured(t, shadow, now);
}

void mirror(Turn& t, Participant& shadow, const Participant& original) {
  if (take_over_changes(t, shadow, original)) {
    for (auto& [sid, track] : shadow.tracks) refresh_all_subscribers_of(t, shadow, track);
    refresh_data_subscribers_of(t, shadow);
  }
  tell_published_tracks(t, shadow, original);
  tell_quality(t, shadow, original);
}

Participant& add_shadow(Turn& t, const Participant& original, const media::RoomSid& home) {
  Participant& shadow = t.room.participants[original.sid];
  shadow.sid = original.sid;
  shadow.grants = shown(original.grants);
  shadow.client = original.client;
  shadow.state = livekit::ParticipantInfo::ACTIVE;
  shadow.joined_at = t.now;
  shadow.joined_wall = t.wall;
  shadow.auto_subscribe = false;
  shadow.auto_subscribe_data_tracks = false;
  shadow.allowed = original.allowed;
  shadow.blobs = original.blobs;
  shadow.original = Original{.home = home, .version = 0, .quiet_changes = original.quiet_changes};
  t.room.by_identity[shadow.grants.identity] = shadow.sid;
  t.room.forwarded_here.insert(shadow.sid);
  return shadow;
}

// Of somebody who has left their room; what is kept of departures says why.
livekit::DisconnectReason reason_of_departure(const RoomState& home, const PeerSid& sid) {
  const auto found = std::find_if(home.departures.rbegin(), home.departures.rend(),
                                  [&](const Departure& d) { return d.info.sid() == sid.value(); });
  return found == home.departures.rend() ? livekit::UNKNOWN_REASON : found->info.disconnect_reason();
}

// False: it is not shown there any more.
bool update_one(RoomState& home, Turn& to, const PeerSid& sid) {
  Participant* shadow = to.find(sid);
  if (!shadow || !shadow->forwarded() || shadow->original->home != home.sid) return false;
  const auto original = home.participants.find(sid);
  if (original != home.participants.end() && !original->second.hidden()) {
    mirror(to, *shadow, original->second);
    return true;
  }
  const bool left = original == home.participants.end();
  const auto reason = left ? reason_of_departure(home, sid) : livekit::PARTICIPANT_REMOVED;
  depart(to, sid, {.reason = reason, .leave = std::nullopt, .notice = LeftReason::removed});
  return false;
}

// How many of those shown in that room `keep` gives up.
template <class Keep>
std::size_t forget_unless(RoomState& home, const media::RoomSid& to, Keep keep) {
  std::size_t ended = 0;
  for (auto it = home.forwards.begin(); it != home.forwards.end();) {
    auto& [sid, shown_in] = *it;
    if (shown_in.contains(to) && !keep(sid)) ended += shown_in.erase(to);
    it = shown_in.empty() ? home.forwards.erase(it) : std::next(it);
  }
  return ended;
}

}  // namespace

Result<bool, ApiRefusal> forward(Turn& from, Turn& to, const std::string& identity) {
  const Participant* self = from.find_identity(identity);
  if (const auto refused = refusal(from, to, self)) return fail(*refused);
  if (to.find(self->sid)) return false;
  from.room.forwards[self->sid].insert(to.room.sid);
  Participant& shadow = add_shadow(to, *self, from.room.sid);
  const auto info = describe(shadow);
  webhook(to, "participant_joined", &info);
  announce_count_later(to);
  mirror(to, shadow, *self);
  return true;
}

std::size_t update_forwarded(RoomState& home, Turn& to) {
  return forget_unless(home, to.room.sid, [&](const PeerSid& sid) { return update_one(home, to, sid); });
}

std::size_t forget_forwards(RoomState& home, const media::RoomSid& to) {
  return forget_unless(home, to, [](const PeerSid&) { return false; });
}

void end_all_forwarded(Turn& t, livekit::DisconnectReason reason) {
  for (const PeerSid& sid : std::set<PeerSid>{t.room.forwarded_here})
    depart(t, sid, {.reason = reason, .leave = std::nullopt, .notice = LeftReason::room_closed});
}

}  // namespace costage::signal
