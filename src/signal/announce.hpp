// Who hears what about whom (ParticipantUpdate). Changes of publishers are announced at once; joins and leaves of mere
// viewers are collected for kAnnounceInterval, so that a crowd arriving costs messages in its size, not in its square.
#pragma once

#include "signal/state.hpp"

namespace costage::signal {

livekit::ParticipantInfo describe(const Participant& participant);
// As the last that is heard of them.
livekit::ParticipantInfo describe_departed(const Participant& participant, livekit::DisconnectReason reason);
livekit::Room describe(const RoomState& room);
// Everybody with a session, the hidden ones too.
std::vector<PeerSid> everybody(const RoomState& room);

// Something about the participant changed: raises its version.
void announce_now(Turn& t, Participant& participant);
void announce_soon(Turn& t, Participant& participant);
// `succeeded`: another session of the identity goes on. Only clients that cannot take that for the same participant,
// with another sid, are told of the end.
void announce_departure(Turn& t, const Participant& participant, livekit::DisconnectReason reason, bool succeeded);
// Those who followed a session that published, and have not published in time.
void announce_overdue(Turn& t);
void flush_announcements(Turn& t);
// Has anything for others to see: tracks of either kind.
bool publishes(const Participant& participant);

void announce_room(Turn& t);
// The participant count changed: room_update follows within kRoomCountInterval.
void announce_count_later(Turn& t);

// A webhook event about this room, ready but for its topic; sent only if somebody listens.
void webhook(Turn& t, std::string event, const livekit::ParticipantInfo* participant = nullptr,
             const livekit::TrackInfo* track = nullptr);

}  // namespace costage::signal
