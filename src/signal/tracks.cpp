#include "signal/tracks.hpp"

#include <algorithm>

#include "signal/announce.hpp"
#include "signal/devices.hpp"
#include "signal/limits.hpp"
#include "signal/subscriptions.hpp"

namespace costage::signal {
namespace {

using Reason = livekit::RequestResponse;

// Tracks of one stream are played in step (msid).
std::string stream_of(const livekit::AddTrackRequest& request) {
  if (!request.stream().empty()) return request.stream();
  switch (request.source()) {
    case livekit::CAMERA:
    case livekit::MICROPHONE:
      return "camera";
    case livekit::SCREEN_SHARE:
    case livekit::SCREEN_SHARE_AUDIO:
      return "screen";
    default:
      return "unknown";
  }
}

std::string sid_prefix(const livekit::AddTrackRequest& request) {
  const std::string type = request.type() == livekit::VIDEO ? "V" : "A";
  switch (request.source()) {
    case livekit::CAMERA:
      return "TR_" + type + "C";
    case livekit::MICROPHONE:
      return "TR_" + type + "M";
    case livekit::SCREEN_SHARE:
      return "TR_" + type + "S";
    case livekit::SCREEN_SHARE_AUDIO:
      return "TR_" + type + "s";
    default:
      return "TR_" + type;
  }
}

livekit::TrackInfo track_info(Turn& t, const livekit::AddTrackRequest& request) {
  livekit::TrackInfo info;
  info.set_sid(sid_prefix(request) + t.rng.text(12));
  info.set_type(request.type());
  info.set_name(request.name());
  info.set_muted(request.muted());
  info.set_width(request.width());
  info.set_height(request.height());
  info.set_simulcast(request.layers_size() > 1);
  info.set_disable_dtx(request.disable_dtx());
  info.set_source(request.source());
  *info.mutable_layers() = request.layers();
  info.set_stereo(request.stereo());
  info.set_disable_red(request.disable_red());
  info.set_encryption(request.encryption());
  info.set_stream(stream_of(request));
  info.set_backup_codec_policy(request.backup_codec_policy());
  *info.mutable_audio_features() = request.audio_features();
  *info.mutable_packet_trailer_features() = request.packet_trailer_features();
  info.mutable_version()->set_unix_micro(to_unix_ms(t.wall) * 1000);
  return info;
}

void refuse(Turn& t, const Participant& self, const livekit::AddTrackRequest& request, Reason::Reason reason) {
  livekit::SignalResponse message;
  message.mutable_request_response()->set_reason(reason);
  *message.mutable_request_response()->mutable_add_track() = request;
  t.send(self.sid, std::move(message));
}

std::optional<Reason::Reason> refusal(const Participant& self, const livekit::AddTrackRequest& request) {
  const auto pending =
      std::count_if(self.tracks.begin(), self.tracks.end(), [](auto& e) { return !e.second.published; });
  if (request.type() == livekit::DATA || !request.sid().empty())
    return Reason::UNSUPPORTED_TYPE;  // sid: a backup codec
  if (request.cid().empty() || request.cid().size() > kMaxCid || request.name().size() > kMaxName ||
      request.stream().size() > kMaxName || request.layers_size() > 3)
    return Reason::INVALID_REQUEST;
  if (!may_publish(self.grants.permission, request.source())) return Reason::NOT_ALLOWED;
  if (static_cast<std::size_t>(pending) + self.queued.size() >= kMaxPendingTracks || self.tracks.size() >= kMaxTracks)
    return Reason::LIMIT_EXCEEDED;
  return std::nullopt;
}

bool in_use(const Participant& self, const std::string& cid) {
  return std::any_of(self.tracks.begin(), self.tracks.end(),
                     [&](const auto& entry) { return entry.second.cid == cid; });
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
      .stream = track.info.stream(),
      .stereo = request.stereo(),
      .dtx = !request.disable_dtx(),
      .muted = request.muted(),
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
    if (in_use(self, queued.request.cid()))
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
  const Track track = std::move(it->second);
  self.tracks.erase(it);
  forget_track(t, self, track);
  if (!track.published) return;
  announce_now(t, self);
  notice_devices(t, self);
}

}  // namespace

void on_add_track(Turn& t, Participant& self, const livekit::AddTrackRequest& request) {
  if (const auto reason = refusal(self, request)) {
    refuse(t, self, request, *reason);
  } else if (in_use(self, request.cid())) {
    self.queued.push_back({request, t.now + kQueuedFor});
    refuse(t, self, request, Reason::QUEUED);
  } else {
    accept(t, self, request);
  }
}

bool set_muted(Turn& t, Participant& self, Track& track, bool muted) {
  if (track.info.muted() == muted) return false;
  track.info.set_muted(muted);
  t.tell_media(media::MuteTrack{TrackSid{track.info.sid()}, muted, self.sid});
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
  if (it == self.tracks.end()) return;
  *it->second.info.mutable_audio_features() = request.features();
  if (it->second.published) announce_now(t, self);
}

void on_update_video_track(Turn& t, Participant& self, const livekit::UpdateLocalVideoTrack& request) {
  const auto it = self.tracks.find(TrackSid{request.track_sid()});
  if (it == self.tracks.end()) return;
  it->second.info.set_width(request.width());
  it->second.info.set_height(request.height());
  if (it->second.published) announce_now(t, self);
}

void on_track_started(Turn& t, Participant& self, const media::TrackStarted& event) {
  const auto it = self.tracks.find(event.track);
  if (it == self.tracks.end() || it->second.published) return;
  Track& track = it->second;
  track.published = true;
  self.is_publisher = true;
  track.info.set_mid(event.mid);
  track.info.set_mime_type(event.mime);
  track.info.set_simulcast(event.layers.size() > 1);
  auto& codec = *track.info.add_codecs();
  codec.set_mime_type(event.mime);
  codec.set_mid(event.mid);
  codec.set_cid(track.cid);
  *codec.mutable_layers() = track.info.layers();
  announce_now(t, self);  // before the offers that carry its media
  const auto info = describe(self);
  webhook(t, "track_published", &info, &track.info);
  notice_devices(t, self);
  refresh_all_subscribers_of(t, self, track);
}

void on_track_ended(Turn& t, Participant& self, const TrackSid& sid) {
  const auto it = self.tracks.find(sid);
  if (it == self.tracks.end()) return;
  if (!it->second.published) tell_unpublished(t, self, sid);
  remove_track(t, self, sid);
  retry_queued(t, self);
}

void refuse_overdue_queued(Turn& t) {
  for (auto& [sid, participant] : t.room.participants) {
    auto& queued = participant.queued;
    for (; !queued.empty() && queued.front().until <= t.now; queued.pop_front())
      refuse(t, participant, queued.front().request, Reason::DUPLICATE_NAME);
  }
}

void on_track_flowing(Turn& t, Participant& self, const TrackSid& sid) {
  const auto it = self.tracks.find(sid);
  if (it == self.tracks.end() || it->second.flowing) return;
  it->second.flowing = true;
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

void forget_track(Turn& t, const Participant& owner, const Track& track) {
  const TrackSid sid{track.info.sid()};
  t.room.publisher_of.erase(sid);
  for (auto& [subscriber_sid, subscriber] : t.room.participants) subscriber.subscriptions.erase(sid);
  if (!track.published) return;
  const auto info = describe(owner);
  webhook(t, "track_unpublished", &info, &track.info);
}

}  // namespace costage::signal
