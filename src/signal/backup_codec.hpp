// A track in a second codec, for viewers who have no decoder for the first (LiveKit: backup codec). Its publisher
// announces it with the track and sends it only when asked (SubscribedQualityUpdate). To media it is a track of its
// own; to clients both are one, and a viewer gets one of the two.
#pragma once

#include "signal/state.hpp"

namespace costage::signal {

// As media calls the second codec of the track.
[[nodiscard]] TrackSid backup_sid(const TrackSid& track);
[[nodiscard]] bool is_backup(const TrackSid& media_track);
// The track that clients know.
[[nodiscard]] TrackSid known_sid(const TrackSid& media_track);
// What media forwards to this subscriber of the track.
[[nodiscard]] TrackSid forwarded_sid(const TrackSid& track, const Subscription& subscription);

// AddTrackRequest with the sid of a track.
void on_add_backup(Turn& t, Participant& self, const livekit::AddTrackRequest& request);
void on_backup_started(Turn& t, Participant& self, Track& track, const media::TrackStarted& event);
void on_backup_flowing(Turn& t, Participant& self, Track& track);
void on_backup_ended(Turn& t, Participant& self, Track& track);
// This subscriber cannot decode the track. False: there is no second codec that it has not tried.
bool take_backup(Turn& t, Participant& publisher, Track& track, Participant& subscriber);
// The track ends, and its second codec with it.
void drop_backup(Turn& t, const Participant& self, Track& track);

}  // namespace costage::signal
