#include "signal/tracks.hpp"

#include <algorithm>
#include <utility>

#include "signal/announce.hpp"
#include "signal/backup_codec.hpp"
#include "signal/devices.hpp"
#include "signal/limits.hpp"
#include "signal/subscriptions.hpp"
#include "signal/track_info.hpp"

namespace costage::signal {
namespace {

using Reason = livekit::RequestResponse;

std::optional<Reason::Reason> refusal(const Participant& self, const livekit::AddTrackRequest& request) {
  const auto pending =
      std::count_if(self.tracks.begin(), self.tracks.end(), [](auto& e) { return !e.second.published; });
  if (request.type() == livekit::DATA) return Reason::UNSUPPORTED_TYPE;
  if (!is_valid_cid(request.cid()) || request.name().size() > kMaxName || request.stream().size() > kMaxName ||
      request.layers_size() > kMaxLayers)
    return Reason::INVALID_REQUEST;
  if (!may_publish(self.grants.permission, request.source())) return Reason::NOT_ALLOWED;
  if (static_cast<std::size_t>(pending) + self.queued.size() >= kMaxPendingTracks || self.tracks.size() >= kMaxTracks)
    return Reason::LIMIT_EXCEEDED;
  return std::nullopt;
}

// A change of a track that is not, or no longer, theirs.
livekit::SignalResponse no_such_track() {
  livekit::SignalResponse answer;
  answer.mutable_request_response()->set_reason(Reason::NOT_FOUND);
  answer.mutable_request_response()->set_message("no such track");
  return answer;
}

void accept(Turn& t, Participant& self, const livekit::AddTrackRequest& request) {
  Track track{.info = track_info(t, request), .cid = request.cid()};
  const TrackSid sid{track.info.sid()};
  livekit::SignalResponse message;
  message.mutable_track_published()->set_cid(request.cid());
  *message.mutable_track_published()->mutable_track() = track.info;
  t.send(self.sid, std::move(message));
  t.tell_media(media::PublishTrack{
      .peer = self.sid,
      .track = sid,
      .cid = request.cid(),
      .kind = request.type() == livekit::VIDEO ? media::Kind::video : media::Kind::audio,
      .codec = track.info.mime_type(),
      .stream = track.info.stream(),
      .stereo = request.stereo(),
      .dtx = !request.disable_dtx(),
      .red = !request.disable_red(),
      .muted = request.muted(),
      .one_layer_per_stream = has_one_layer_per_stream(track),
  });
  t.room.publisher_of[sid] = self.sid;
  self.tracks.emplace(sid, std::move(track));
}

// The cid of a queued request may be free now: a client that re-publishes a source asks before its offer ended the old
// one.
void retry_queued(Turn& t, Participant& self) {
  for (std::size_t left = self.queued.size(); left > 0; --left) {
    QueuedTrack queued = std::move(self.queued.front());
    self.queued.pop_front();
    if (is_cid_in_use(self, queued.request.cid()))
      self.queued.push_back(std::move(queued));
    else
      accept(t, self, queued.request);
  }
}

// The client did not end it, or waits for it still.
void tell_unpublished(Turn& t, const Participant& self, const TrackSid& sid) {
  livekit::SignalResponse message;
  message.mutable_track_unpublished()->set_track_sid(sid.value());
  t.send(self.sid, std::move(message));
}

void remove_track(Turn& t, Participant& self, const TrackSid& sid) {
  const auto it = self.tracks.find(sid);
  Track track = std::move(it->second);
  self.tracks.erase(it);
  drop_backup(t, self, track);
  forget_track(t, self, track);
  if (!track.published) return;
  announce_now(t, self);
  notice_devices(t, self);
}

}  // namespace

bool is_valid_cid(const std::string& cid) { return !cid.empty() && cid.size() <= kMaxCid; }

bool is_cid_in_use(const Participant& self, const std::string& cid) {
  return std::any_of(self.tracks.begin(), self.tracks.end(), [&](const auto& entry) {
    const Track& track = entry.second;
    return track.cid == cid || (track.backup && track.backup->cid == cid);
  });
}

void refuse_track(Turn& t, const Participant& self, const livekit::AddTrackRequest& request, Reason::Reason reason) {
  livekit::SignalResponse message;
  message.mutable_request_response()->set_reason(reason);
  *message.mutable_request_response()->mutable_add_track() = request;
  t.send(self.sid, std::move(message));
}

// As in LiveKit with the first packet, by which more is known of the streams; of what begins muted at once, and of what
// never sent anything just before its end, so that no end is told without a beginning.
void tell_published(Turn& t, const Participant& owner, Track& track) {
  if (!std::exchange(track.webhook_due, false)) return;
  const auto info = describe(owner);
  webhook(t, "track_published", &info, &track.info);
}

void on_add_track(Turn& t, Participant& self, const livekit::AddTrackRequest& request) {
  if (!request.sid().empty()) {
    on_add_backup(t, self, request);
  } else if (const auto reason = refusal(self, request)) {
    refuse_track(t, self, request, *reason);
  } else if (is_cid_in_use(self, request.cid())) {
    self.queued.push_back({request, t.now + kQueuedFor});
    refuse_track(t, self, request, Reason::QUEUED);
  } else {
    accept(t, self, request);
  }
}

bool set_muted(Turn& t, Participant& self, Track& track, bool muted) {
  if (track.info.muted() == muted) return false;
  track.info.set_muted(muted);
  const TrackSid sid{track.info.sid()};
  t.tell_media(media::MuteTrack{sid, muted, self.sid});
  if (track.backup) t.tell_media(media::MuteTrack{backup_sid(sid), muted, self.sid});
  if (!track.published) return true;
  announce_now(t, self);
  notice_devices(t, self);
  return true;
}

void on_mute(Turn& t, Participant& self, const livekit::MuteTrackRequest& request) {
  const auto it = self.tracks.find(TrackSid{request.sid()});
  if (it != self.tracks.end()) set_muted(t, self, it->second, request.muted());
}

void on_update_audio_track(Turn& t, Participant& self, const livekit::UpdateLocalAudioTrack& request) {
  const auto it = self.tracks.find(TrackSid{request.track_sid()});
  if (it == self.tracks.end()) {
    livekit::SignalResponse answer = no_such_track();
    *answer.mutable_request_response()->mutable_update_audio_track() = request;
    return t.send(self.sid, std::move(answer));
  }
  *it->second.info.mutable_audio_features() = request.features();
  if (it->second.published) announce_now(t, self);
}

void on_update_video_track(Turn& t, Participant& self, const livekit::UpdateLocalVideoTrack& request) {
  const auto it = self.tracks.find(TrackSid{request.track_sid()});
  if (it == self.tracks.end()) {
    livekit::SignalResponse answer = no_such_track();
    *answer.mutable_request_response()->mutable_update_video_track() = request;
    return t.send(self.sid, std::move(answer));
  }
  it->second.info.set_width(request.width());
  it->second.info.set_height(request.height());
  if (it->second.published) announce_now(t, self);
}

void on_track_started(Turn& t, Participant& self, const media::TrackStarted& event) {
  const auto it = self.tracks.find(known_sid(event.track));
  if (it == self.tracks.end()) return;
  Track& track = it->second;
  if (is_backup(event.track)) return on_backup_started(t, self, track, event);
  if (track.published) return;
  track.published = true;
  self.is_publisher = true;
  track.webhook_due = true;
  track.streams = event.layers;
  track.info.set_simulcast(event.layers.size() > 1 && !event.scalable);
  add_codec(track, event);
  describe_streams(track);
  announce_now(t, self);  // before the offers that carry its media
  if (track.info.muted()) tell_published(t, self, track);
  notice_devices(t, self);
  refresh_all_subscribers_of(t, self, track);
}

void on_track_ended(Turn& t, Participant& self, const TrackSid& sid) {
  const auto it = self.tracks.find(known_sid(sid));
  if (it == self.tracks.end()) return;
  if (is_backup(sid)) {
    on_backup_ended(t, self, it->second);
  } else {
    if (!it->second.published) tell_unpublished(t, self, sid);
    remove_track(t, self, sid);
  }
  retry_queued(t, self);
}

void on_source_learned(Participant& self, const media::SourceLearned& event) {
  const auto it = self.tracks.find(known_sid(event.track));
  if (it == self.tracks.end()) return;
  Track& track = it->second;
  if (is_backup(event.track) && !track.backup) return;
  for (media::LayerStream& stream : is_backup(event.track) ? track.backup->streams : track.streams)
    if (stream.layer == event.layer) (event.rtx ? stream.rtx_ssrc : stream.ssrc) = event.ssrc;
  describe_streams(track);
}

void refuse_overdue_queued(Turn& t) {
  for (auto& [sid, participant] : t.room.participants) {
    auto& queued = participant.queued;
    for (; !queued.empty() && queued.front().until <= t.now; queued.pop_front())
      refuse_track(t, participant, queued.front().request, Reason::DUPLICATE_NAME);
  }
}

void on_track_flowing(Turn& t, Participant& self, const TrackSid& sid) {
  const auto it = self.tracks.find(known_sid(sid));
  if (it == self.tracks.end()) return;
  if (is_backup(sid)) return on_backup_flowing(t, self, it->second);
  if (it->second.flowing) return;
  it->second.flowing = true;
  tell_published(t, self, it->second);
  notice_devices(t, self);
}

void unpublish_forbidden(Turn& t, Participant& self) {
  std::erase_if(self.queued, [&](const auto& q) { return !may_publish(self.grants.permission, q.request.source()); });
  std::vector<TrackSid> forbidden;
  for (const auto& [sid, track] : self.tracks)
    if (!may_publish(self.grants.permission, track.info.source())) forbidden.push_back(sid);
  for (const TrackSid& sid : forbidden) {
    t.tell_media(media::UnpublishTrack{sid, self.sid});
    tell_unpublished(t, self, sid);
    remove_track(t, self, sid);
  }
}

void forget_track(Turn& t, const Participant& owner, Track& track) {
  const TrackSid sid{track.info.sid()};
  t.room.publisher_of.erase(sid);
  for (auto& [subscriber_sid, subscriber] : t.room.participants) subscriber.subscriptions.erase(sid);
  if (!track.published) return;
  tell_published(t, owner, track);
  const auto info = describe(owner);
  webhook(t, "track_unpublished", &info, &track.info);
}

}  // namespace costage::signal
