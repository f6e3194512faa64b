#include "signal/subscriptions.hpp"

#include <algorithm>
#include <set>

#include "signal/backup_codec.hpp"
#include "signal/data_tracks.hpp"
#include "signal/limits.hpp"

namespace costage::signal {
namespace {

bool is_allowed(const Participant& publisher, const Participant& subscriber, const Track& track) {
  return !publisher.allowed ||
         publisher.allowed->may_get(subscriber.sid.value(), subscriber.grants.identity, track.info.sid());
}

// Every name once, in the order in which they came first.
class Once {
 public:
  bool operator()(const std::string& name) { return seen_.insert(name).second; }

 private:
  std::set<std::string_view> seen_;  // of the message, which outlives this
};

// The subscriber hears about a refusal, and about its end, but not about what was always allowed.
void tell_permission(Turn& t, const Participant& publisher, const Participant& subscriber, Subscription& subscription,
                     const Track& track, bool allowed) {
  if (subscription.refused == !allowed) return;
  subscription.refused = !allowed;
  livekit::SignalResponse message;
  auto& update = *message.mutable_subscription_permission_update();
  update.set_participant_sid(publisher.sid.value());
  update.set_track_sid(track.info.sid());
  update.set_allowed(allowed);
  t.send(subscriber.sid, std::move(message));
}

void tell_first_subscriber(Turn& t, const Participant& publisher, Track& track) {
  if (track.had_subscriber) return;
  track.had_subscriber = true;
  livekit::SignalResponse message;
  message.mutable_track_subscribed()->set_track_sid(track.info.sid());
  t.send(publisher.sid, std::move(message));
}

void refresh(Turn& t, Participant& publisher, Track& track, Participant& subscriber) {
  if (&publisher == &subscriber || !track.published || publisher.hidden()) return;
  const TrackSid sid{track.info.sid()};
  Subscription& s =
      subscriber.subscriptions
          .try_emplace(sid, Subscription{.wanted = subscriber.auto_subscribe, .backup = track.first_given_up})
          .first->second;
  const bool allowed = is_allowed(publisher, subscriber, track);
  if (s.wanted) tell_permission(t, publisher, subscriber, s, track, allowed);
  const bool sent = !s.backup || (track.backup && track.backup->published);
  const bool active = s.wanted && allowed && sent && subscriber.grants.permission.can_subscribe();
  if (active == s.active) return;
  s.active = active;
  if (!active) {
    t.tell_media(media::Unsubscribe{subscriber.sid, forwarded_sid(sid, s)});
    return;
  }
  t.tell_media(media::Subscribe{.subscriber = subscriber.sid, .track = forwarded_sid(sid, s)});
  if (!s.enabled || s.max_layer != media::Layer::high || s.max_fps != 0) configure(t, subscriber, sid, s);
  tell_first_subscriber(t, publisher, track);
}

// Runs `act(publisher, track)` if somebody publishes the track.
template <class Act>
bool with_track(Turn& t, const TrackSid& sid, Act act) {
  const auto owner = t.room.publisher_of.find(sid);
  if (owner == t.room.publisher_of.end()) return false;
  Participant* publisher = t.find(owner->second);
  if (!publisher) return false;
  const auto it = publisher->tracks.find(sid);
  if (it == publisher->tracks.end() || !it->second.published) return false;
  act(*publisher, it->second);
  return true;
}

void tell_error(Turn& t, const Participant& subscriber, const TrackSid& track, livekit::SubscriptionError error) {
  livekit::SignalResponse message;
  message.mutable_subscription_response()->set_track_sid(track.value());
  message.mutable_subscription_response()->set_err(error);
  t.send(subscriber.sid, std::move(message));
}

// LiveKit has no word for "all the viewers it may have": unknown is true, and makes no client look for another codec.
livekit::SubscriptionError error_of(media::SubscriptionFailure why) {
  switch (why) {
    case media::SubscriptionFailure::no_track:
      return livekit::SE_TRACK_NOTFOUND;
    case media::SubscriptionFailure::no_codec:
      return livekit::SE_CODEC_UNSUPPORTED;
    case media::SubscriptionFailure::too_many:
      break;
  }
  return livekit::SE_UNKNOWN;
}

media::Layer layer_of(livekit::VideoQuality quality) {
  switch (quality) {
    case livekit::LOW:
      return media::Layer::low;
    case livekit::MEDIUM:
      return media::Layer::medium;
    default:
      return media::Layer::high;
  }
}

void apply_setting(Turn& t, Participant& self, const TrackSid& sid, const livekit::UpdateTrackSettings& settings) {
  with_track(t, sid, [&](Participant& publisher, Track& track) {
    const auto it = self.subscriptions.find(sid);
    if (it == self.subscriptions.end() || &publisher == &self) return;
    Subscription& s = it->second;
    const Subscription before = s;
    s.enabled = !settings.disabled() && settings.quality() != livekit::OFF;
    s.max_layer = settings.width() && settings.height() ? layer_for(track.info, settings.width(), settings.height())
                                                        : layer_of(settings.quality());
    s.max_fps = settings.fps();
    const bool changed = s.enabled != before.enabled || s.max_layer != before.max_layer || s.max_fps != before.max_fps;
    if (s.active && changed) configure(t, self, sid, s);
  });
}

}  // namespace

void configure(Turn& t, const Participant& subscriber, const TrackSid& sid, const Subscription& s) {
  t.tell_media(media::ConfigureSubscription{subscriber.sid, forwarded_sid(sid, s), s.enabled, s.max_layer, s.max_fps});
}

media::Layer layer_for(const livekit::TrackInfo& track, std::uint32_t width, std::uint32_t height) {
  auto best = media::Layer::high;
  std::uint32_t best_width = UINT32_MAX;
  for (const auto& layer : track.layers()) {
    if (layer.width() < width || layer.height() < height || layer.width() >= best_width) continue;
    best = layer_of(layer.quality());
    best_width = layer.width();
  }
  return best;
}

void refresh_all_subscriptions_of(Turn& t, Participant& subscriber) {
  for (auto& [sid, publisher] : t.room.participants)
    for (auto& [track_sid, track] : publisher.tracks) refresh(t, publisher, track, subscriber);
}

void refresh_all_subscribers_of(Turn& t, Participant& publisher, Track& track) {
  for (auto& [sid, subscriber] : t.room.participants) refresh(t, publisher, track, subscriber);
}

void set_wanted(Turn& t, Participant& subscriber, const TrackSid& sid, bool wanted) {
  const bool found = with_track(t, sid, [&](Participant& publisher, Track& track) {
    if (&publisher == &subscriber || publisher.hidden()) return;
    subscriber.subscriptions[sid].wanted = wanted;
    refresh(t, publisher, track, subscriber);
  });
  if (!found && wanted) tell_error(t, subscriber, sid, livekit::SE_TRACK_NOTFOUND);
}

void set_enabled(Turn& t, Participant& subscriber, const TrackSid& sid, bool enabled) {
  const auto it = subscriber.subscriptions.find(sid);
  if (it == subscriber.subscriptions.end() || it->second.enabled == enabled) return;
  it->second.enabled = enabled;
  if (it->second.active) configure(t, subscriber, sid, it->second);
}

void on_update_subscription(Turn& t, Participant& self, const livekit::UpdateSubscription& request) {
  Once once;
  const auto apply = [&](const auto& sids) {
    for (const std::string& sid : sids)
      if (once(sid)) set_wanted(t, self, TrackSid{sid}, request.subscribe());
  };
  apply(request.track_sids());
  for (const auto& tracks : request.participant_tracks()) apply(tracks.track_sids());
}

void on_track_setting(Turn& t, Participant& self, const livekit::UpdateTrackSettings& settings) {
  Once once;
  for (const std::string& sid : settings.track_sids())
    if (once(sid)) apply_setting(t, self, TrackSid{sid}, settings);
}

void on_subscription_permission(Turn& t, Participant& self, const livekit::SubscriptionPermission& permission) {
  if (permission.ByteSizeLong() > kMaxPermissionBytes) return;
  self.allowed.emplace(permission);
  ++self.quiet_changes;
  for (auto& [sid, track] : self.tracks) refresh_all_subscribers_of(t, self, track);
  refresh_data_subscribers_of(t, self);
}

void on_subscription_failed(Turn& t, Participant& subscriber, const media::SubscriptionFailed& event) {
  const TrackSid sid = known_sid(event.track);
  const auto it = subscriber.subscriptions.find(sid);
  if (it == subscriber.subscriptions.end() || forwarded_sid(sid, it->second) != event.track) return;
  bool helped = false;
  if (event.why == media::SubscriptionFailure::no_codec)
    with_track(t, sid,
               [&](Participant& publisher, Track& track) { helped = take_backup(t, publisher, track, subscriber); });
  if (helped) return;
  it->second.active = false;
  it->second.wanted = false;
  tell_error(t, subscriber, sid, error_of(event.why));
}

}  // namespace costage::signal
