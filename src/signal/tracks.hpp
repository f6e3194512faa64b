// Publishing: a track is announced (pending), bound to a media section (published, seen by the others), and ended by
// the client, by a lost right or by its participant's departure.
#pragma once

#include "signal/state.hpp"

namespace costage::signal {

void on_add_track(Turn& t, Participant& self, const livekit::AddTrackRequest& request);
void on_mute(Turn& t, Participant& self, const livekit::MuteTrackRequest& request);
void on_update_audio_track(Turn& t, Participant& self, const livekit::UpdateLocalAudioTrack& request);
void on_update_video_track(Turn& t, Participant& self, const livekit::UpdateLocalVideoTrack& request);

void on_track_started(Turn& t, Participant& self, const media::TrackStarted& event);
void on_track_ended(Turn& t, Participant& self, const TrackSid& sid);
// Requests that waited too long for their cid.
void refuse_overdue_queued(Turn& t);
void on_source_learned(Participant& self, const media::SourceLearned& event);
void on_track_flowing(Turn& t, Participant& self, const TrackSid& sid);

[[nodiscard]] bool is_valid_cid(const std::string& cid);
// By a track of this participant, or the second codec of one.
[[nodiscard]] bool is_cid_in_use(const Participant& self, const std::string& cid);
void refuse_track(Turn& t, const Participant& self, const livekit::AddTrackRequest& request,
                  livekit::RequestResponse::Reason reason);

// False: nothing changed.
bool set_muted(Turn& t, Participant& self, Track& track, bool muted);
// Stops every track the participant may not publish (any more), and says so to the client.
void unpublish_forbidden(Turn& t, Participant& self);
// The webhook of its publication, unless that was sent.
void tell_published(Turn& t, const Participant& owner, Track& track);
// The others lose the track of a participant who is gone or no longer has it.
void forget_track(Turn& t, const Participant& owner, Track& track);

}  // namespace costage::signal
