#include "signal/backup_codec.hpp"

#include <algorithm>

#include "base/codecs.hpp"
#include "signal/announce.hpp"
#include "signal/dynacast.hpp"
#include "signal/limits.hpp"
#include "signal/subscriptions.hpp"
#include "signal/track_info.hpp"
#include "signal/tracks.hpp"

namespace costage::signal {
namespace {

using Reason = livekit::RequestResponse;

constexpr std::string_view kSuffix = "+backup";  // no sid of ours ends so
// LiveKit's codec_regression_threshold: in smaller rooms everybody changes over, and the publisher encodes once.
constexpr std::size_t kFewParticipants = 5;

livekit::SimulcastCodecInfo& second_codec(Track& track) { return *track.info.mutable_codecs(1); }

bool is_second_codec(const Track& track, const livekit::AddTrackRequest& request) {
  if (!announces_backup(track) || request.simulcast_codecs_size() != 1) return false;
  const media::CodecRow* row = media::find_codec_row(request.simulcast_codecs(0).codec());
  return row != nullptr && row->mime == track.info.codecs(1).mime_type();
}

std::optional<Reason::Reason> refusal(const Participant& self, const livekit::AddTrackRequest& request) {
  const auto it = self.tracks.find(TrackSid{request.sid()});
  if (it == self.tracks.end()) return Reason::NOT_FOUND;
  if (!is_second_codec(it->second, request)) return Reason::UNSUPPORTED_TYPE;
  if (!is_valid_cid(request.cid()) || request.layers_size() > kMaxLayers) return Reason::INVALID_REQUEST;
  return is_cid_in_use(self, request.cid()) ? std::optional{Reason::DUPLICATE_NAME} : std::nullopt;
}

bool gives_up_first(const Turn& t, const Track& track) {
  switch (track.info.backup_codec_policy()) {
    case livekit::REGRESSION:
      return true;
    case livekit::PREFER_REGRESSION:
      return t.room.participants.size() < kFewParticipants;
    default:
      return false;
  }
}

template <class Act>
void each_subscription(Turn& t, const TrackSid& sid, Act act) {
  for (auto& [peer, subscriber] : t.room.participants) {
    const auto it = subscriber.subscriptions.find(sid);
    if (it != subscriber.subscriptions.end()) act(subscriber, it->second);
  }
}

}  // namespace

TrackSid backup_sid(const TrackSid& track) { return TrackSid{track.value() + std::string(kSuffix)}; }

bool is_backup(const TrackSid& media_track) { return media_track.value().ends_with(kSuffix); }

TrackSid known_sid(const TrackSid& media_track) {
  const std::string& sid = media_track.value();
  return is_backup(media_track) ? TrackSid{sid.substr(0, sid.size() - kSuffix.size())} : media_track;
}

TrackSid forwarded_sid(const TrackSid& track, const Subscription& subscription) {
  return subscription.backup ? backup_sid(track) : track;
}

void on_add_backup(Turn& t, Participant& self, const livekit::AddTrackRequest& request) {
  if (const auto reason = refusal(self, request)) return refuse_track(t, self, request, *reason);
  Track& track = self.tracks.at(TrackSid{request.sid()});
  drop_backup(t, self, track);
  track.backup.emplace(BackupCodec{.cid = request.cid()});
  describe_second_codec(track, request);
  livekit::SignalResponse message;
  message.mutable_track_published()->set_cid(request.cid());
  *message.mutable_track_published()->mutable_track() = track.info;
  t.send(self.sid, std::move(message));
  const TrackSid sid{request.sid()};
  t.tell_media(media::PublishTrack{
      .peer = self.sid,
      .track = backup_sid(sid),
      .cid = request.cid(),
      .kind = media::Kind::video,
      .codec = second_codec(track).mime_type(),
      .stream = track.info.stream(),
      .muted = track.info.muted(),
      .shown_as = sid,
  });
}

void on_backup_started(Turn& t, Participant& self, Track& track, const media::TrackStarted& event) {
  if (!track.backup || track.backup->published) return;
  track.backup->published = true;
  track.backup->streams = event.layers;
  second_codec(track).set_mid(event.mid);
  describe_streams(track);
  announce_now(t, self);
  refresh_all_subscribers_of(t, self, track);
}

// From here on nobody waits for its first picture.
void on_backup_flowing(Turn& t, Participant& self, Track& track) {
  if (!track.backup || track.first_given_up || !gives_up_first(t, track)) return;
  track.first_given_up = true;
  const TrackSid sid{track.info.sid()};
  each_subscription(t, sid, [&](Participant& subscriber, Subscription& s) {
    if (s.backup) return;
    s.backup = true;
    if (s.active) t.tell_media(media::Subscribe{subscriber.sid, backup_sid(sid), sid});
    if (s.active) configure(t, subscriber, sid, s);
  });
  tell_demand(t, self, track);
}

// Whoever had it tries the first codec again.
void on_backup_ended(Turn& t, Participant& self, Track& track) {
  if (!track.backup) return;
  track.backup.reset();
  track.first_given_up = false;
  each_subscription(t, TrackSid{track.info.sid()}, [](Participant&, Subscription& s) {
    if (s.backup) s.active = s.backup = false;
  });
  if (!self.forwarded()) announce_now(t, self);
  refresh_all_subscribers_of(t, self, track);
}

bool take_backup(Turn& t, Participant& publisher, Track& track, Participant& subscriber) {
  Subscription& s = subscriber.subscriptions.at(TrackSid{track.info.sid()});
  if (s.backup || !announces_backup(track)) return false;
  s.backup = true;
  s.active = false;
  refresh_all_subscribers_of(t, publisher, track);
  tell_demand(t, publisher, track);
  return true;
}

void drop_backup(Turn& t, const Participant& self, Track& track) {
  if (!track.backup) return;
  const TrackSid sid{track.info.sid()};
  t.tell_media(media::UnpublishTrack{backup_sid(sid), self.sid});
  each_subscription(t, sid, [](Participant&, Subscription& s) { s.active &= !s.backup; });
  track.backup.reset();
}

}  // namespace costage::signal
