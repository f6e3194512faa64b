#include "signal/state.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "signal/limits.hpp"

namespace costage::signal {
namespace {

void check_tracks(const RoomState& room, const Participant& participant) {
  COSTAGE_CHECK(participant.tracks.size() <= kMaxTracks, "tracks have a limit");
  COSTAGE_CHECK(participant.queued.size() <= kMaxPendingTracks, "queued tracks have a limit");
  for (const auto& [sid, track] : participant.tracks) {
    COSTAGE_CHECK(track.info.sid() == sid.value(), "a track is found by its sid");
    const auto owner = room.publisher_of.find(sid);
    COSTAGE_CHECK(owner != room.publisher_of.end() && owner->second == participant.sid, "a track names its publisher");
    COSTAGE_CHECK(may_publish(participant.grants.permission, track.info.source()), "no track without the right to it");
  }
}

void check_subscriptions(const RoomState& room, const Participant& participant) {
  for (const auto& [sid, subscription] : participant.subscriptions) {
    const auto owner = room.publisher_of.find(sid);
    COSTAGE_CHECK(owner != room.publisher_of.end(), "only what is published is subscribed to");
    COSTAGE_CHECK(owner->second != participant.sid, "nobody subscribes to their own track");
    const bool may = participant.grants.permission.can_subscribe();
    COSTAGE_CHECK(!subscription.active || (may && subscription.wanted), "forwarded only to who wants it and may");
  }
}

void check_data_tracks(const RoomState& room, const Participant& participant) {
  COSTAGE_CHECK(participant.data_tracks.size() <= kMaxDataTracks, "data tracks have a limit");
  COSTAGE_CHECK(participant.data_subscriptions.size() <= kMaxDataSubscriptions, "so have subscriptions to them");
  for (const auto& [handle, track] : participant.data_tracks) {
    const auto owner = room.data_publisher_of.find(media::TrackSid{track.sid()});
    COSTAGE_CHECK(owner != room.data_publisher_of.end() && owner->second == participant.sid, "a data track is found");
    COSTAGE_CHECK(participant.grants.permission.can_publish_data(), "no data track without the right to it");
  }
  for (const auto& [sid, subscription] : participant.data_subscriptions) {
    COSTAGE_CHECK(room.data_publisher_of.contains(sid), "only a data track that is published is subscribed to");
    const bool may = participant.grants.permission.can_subscribe() && subscription.wanted;
    COSTAGE_CHECK(subscription.handle == 0 || may, "it goes only to who wants it and may");
  }
}

void check_forwarding(const RoomState& room, const Participant& participant) {
  COSTAGE_CHECK(participant.forwarded() == room.forwarded_here.contains(participant.sid), "who is shown here is known");
  if (!participant.forwarded()) return;
  COSTAGE_CHECK(participant.grants.lease_id.empty(), "a seat is its holder's, not their picture's");
  const bool receives = std::any_of(participant.subscriptions.begin(), participant.subscriptions.end(),
                                    [](const auto& entry) { return entry.second.active; });
  COSTAGE_CHECK(!receives && participant.data_subscriptions.empty(), "who is shown here gets nothing from here");
}

}  // namespace

void check(const RoomState& room) {
  COSTAGE_CHECK(room.by_identity.size() == room.participants.size(), "one session per identity");
  for (const auto& [sid, participant] : room.participants) {
    const auto it = room.by_identity.find(participant.grants.identity);
    COSTAGE_CHECK(it != room.by_identity.end() && it->second == sid, "an identity names its session");
    check_tracks(room, participant);
    check_subscriptions(room, participant);
    check_data_tracks(room, participant);
    check_forwarding(room, participant);
  }
  for (const auto& [track, publisher] : room.publisher_of)
    COSTAGE_CHECK(room.participants.contains(publisher), "a track has a publisher");
  COSTAGE_CHECK(room.replay.size() <= kMaxReplayMessages && room.replay_bytes <= kMaxReplayBytes, "replay is bounded");
  COSTAGE_CHECK(room.departures.size() <= kMaxDepartures, "departures are bounded");
}

}  // namespace costage::signal
