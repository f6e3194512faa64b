#include "signal/request_cost.hpp"

#include <algorithm>

#include "signal/limits.hpp"

namespace costage::signal {
namespace {

using Request = livekit::SignalRequest;

// ---- how much it names -----------------------------------------------------------------------------------------

template <class List>
std::size_t count(const List& list) {
  return static_cast<std::size_t>(list.size());
}

// Of every kind of thing named: how many, and how many there may be.
struct Named {
  std::size_t tracks = 0;  // sids of tracks, participants' permissions
  std::size_t own_tracks = 0;
  std::size_t publishers = 0;
  std::size_t features = 0;
  std::size_t attributes = 0;
  std::size_t channels = 0;

  [[nodiscard]] std::size_t sum() const { return tracks + own_tracks + publishers + features + attributes + channels; }
  [[nodiscard]] bool can_exist() const {
    return tracks <= kMaxNamedTracks && own_tracks <= kMaxTracks && publishers <= kMaxParticipants &&
           features <= kMaxTrackFeatures && attributes <= kMaxAttributeCount && channels <= kMaxChannels;
  }
};

void add(Named& out, const livekit::UpdateSubscription& request) {
  out.tracks += count(request.track_sids()) + count(request.participant_tracks());
  for (const auto& tracks : request.participant_tracks()) out.tracks += count(tracks.track_sids());
}

void add(Named& out, const livekit::SubscriptionPermission& request) {
  out.tracks += count(request.track_permissions());
  for (const auto& permission : request.track_permissions()) out.tracks += count(permission.track_sids());
}

void add(Named& out, const livekit::SyncState& sync) {
  add(out, sync.subscription());
  out.tracks += count(sync.track_sids_disabled()) + count(sync.data_subscription().updates());
  out.own_tracks = std::max(count(sync.publish_tracks()), count(sync.publish_data_tracks()));
  out.publishers = count(sync.datachannel_receive_states());
  out.channels = count(sync.data_channels());
}

void add(Named& out, const livekit::AddTrackRequest& request) {
  out.features = count(request.layers()) + count(request.simulcast_codecs()) + count(request.audio_features()) +
                 count(request.packet_trailer_features());
  for (const auto& codec : request.simulcast_codecs()) out.features += count(codec.layers());
}

Named named_in(const Request& request) {
  Named out;
  switch (request.message_case()) {
    case Request::kOffer:
      out.tracks = count(request.offer().mid_to_track_id());
      break;
    case Request::kAnswer:
      out.tracks = count(request.answer().mid_to_track_id());
      break;
    case Request::kAddTrack:
      add(out, request.add_track());
      break;
    case Request::kSubscription:
      add(out, request.subscription());
      break;
    case Request::kTrackSetting:
      out.tracks = count(request.track_setting().track_sids());
      break;
    case Request::kUpdateLayers:
      out.features = count(request.update_layers().layers());
      break;
    case Request::kSubscriptionPermission:
      add(out, request.subscription_permission());
      break;
    case Request::kSyncState:
      add(out, request.sync_state());
      break;
    case Request::kUpdateMetadata:
      out.attributes = count(request.update_metadata().attributes());
      break;
    case Request::kUpdateAudioTrack:
      out.features = count(request.update_audio_track().features());
      break;
    case Request::kUpdateDataSubscription:
      out.tracks = count(request.update_data_subscription().updates());
      break;
    default:
      break;
  }
  return out;
}

// ---- how much work it makes ------------------------------------------------------------------------------------

std::size_t permission_checks(const Turn& t, const Participant& self) {
  const std::size_t checks = self.tracks.size() * t.room.participants.size() / kChecksPerToken;
  return std::min(checks, kMaxPermissionCost);
}

std::size_t work_of(const Turn& t, const Participant& self, const Request& request, const Named& named) {
  switch (request.message_case()) {
    case Request::kAddTrack:
    case Request::kMute:
    case Request::kUpdateMetadata:
    case Request::kUpdateAudioTrack:
    case Request::kUpdateVideoTrack:
    case Request::kSimulate:
    case Request::kPublishDataTrackRequest:
    case Request::kUnpublishDataTrackRequest:
      return kAnnouncementCost + named.sum();
    case Request::kSubscription:
    case Request::kUpdateDataSubscription:
      return (1 + kSubscriptionCost) * named.sum();
    case Request::kSubscriptionPermission:
      return named.sum() + permission_checks(t, self);
    default:
      return named.sum();
  }
}

// Session descriptions have a budget of their own.
std::size_t bytes_of(const Request& request) {
  return request.has_offer() || request.has_answer() ? 0 : request.ByteSizeLong();
}

}  // namespace

bool admit(const Turn& t, Participant& self, const Request& request) {
  const Named named = named_in(request);
  if (!named.can_exist()) return false;
  const std::size_t cost = 1 + work_of(t, self, request, named) + bytes_of(request) / kBytesPerToken;
  return self.requests.take(t.now, static_cast<double>(std::min<std::size_t>(cost, kRequestRate.burst / 2)));
}

}  // namespace costage::signal
