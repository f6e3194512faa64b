#include "signal/data_tracks.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "signal/announce.hpp"
#include "signal/limits.hpp"

namespace costage::signal {
namespace {

using Reason = livekit::RequestResponse;
using livekit::PublishDataTrackRequest;

struct Refusal {
  Reason::Reason reason{};
  const char* message = "";
};

std::optional<Refusal> duplicate(const Participant& self, const PublishDataTrackRequest& request) {
  for (const auto& [handle, track] : self.data_tracks) {
    if (handle == request.pub_handle()) return Refusal{Reason::DUPLICATE_HANDLE, "the handle is in use"};
    if (track.name() == request.name()) return Refusal{Reason::DUPLICATE_NAME, "the name is in use"};
  }
  return std::nullopt;
}

std::optional<Refusal> refusal(const Participant& self, const PublishDataTrackRequest& request) {
  if (!self.grants.permission.can_publish_data()) return Refusal{Reason::NOT_ALLOWED, "no permission to publish data"};
  if (request.pub_handle() == 0 || request.pub_handle() > UINT16_MAX)
    return Refusal{Reason::INVALID_HANDLE, "a handle is a number from 1 to 65535"};
  if (request.name().empty() || request.name().size() > kMaxName)
    return Refusal{Reason::INVALID_NAME, "a name has from 1 to 256 bytes"};
  if (request.ByteSizeLong() > kMaxDataTrackRequest)
    return Refusal{Reason::INVALID_REQUEST, "the description of encoding and schema is too long"};
  if (const auto taken = duplicate(self, request)) return taken;
  if (self.data_tracks.size() >= kMaxDataTracks) return Refusal{Reason::LIMIT_EXCEEDED, "too many data tracks"};
  return std::nullopt;
}

livekit::DataTrackInfo info_of(Turn& t, const PublishDataTrackRequest& request) {
  livekit::DataTrackInfo info;
  info.set_pub_handle(request.pub_handle());
  info.set_sid("DTR_" + t.rng.text(12));
  info.set_name(request.name());
  info.set_encryption(request.encryption());
  if (request.has_frame_encoding()) *info.mutable_frame_encoding() = request.frame_encoding();
  if (request.has_schema()) *info.mutable_schema() = request.schema();
  return info;
}

void tell_permission(Turn& t, const Participant& publisher, const Participant& subscriber,
                     DataSubscription& subscription, const TrackSid& track, bool allowed) {
  if (subscription.refused == !allowed) return;
  subscription.refused = !allowed;
  livekit::SignalResponse message;
  auto& update = *message.mutable_subscription_permission_update();
  update.set_participant_sid(publisher.sid.value());
  update.set_track_sid(track.value());
  update.set_allowed(allowed);
  t.send(subscriber.sid, std::move(message));
}

void tell_error(Turn& t, const Participant& subscriber, const std::string& track, livekit::SubscriptionError error) {
  livekit::SignalResponse message;
  message.mutable_subscription_response()->set_track_sid(track);
  message.mutable_subscription_response()->set_err(error);
  t.send(subscriber.sid, std::move(message));
}

// One that is not in use: they are counted up and come round.
std::uint16_t new_handle(Participant& subscriber) {
  const auto used = [&](std::uint16_t handle) {
    return std::any_of(subscriber.data_subscriptions.begin(), subscriber.data_subscriptions.end(),
                       [&](const auto& entry) { return entry.second.handle == handle; });
  };
  while (++subscriber.last_data_handle == 0 || used(subscriber.last_data_handle)) {
  }
  return subscriber.last_data_handle;
}

std::uint16_t handle_of(const livekit::DataTrackInfo& track) { return static_cast<std::uint16_t>(track.pub_handle()); }

void configure(Turn& t, const Participant& publisher, const livekit::DataTrackInfo& track,
               const Participant& subscriber, const DataSubscription& s) {
  t.tell_media(media::SubscribeDataTrack{publisher.sid, handle_of(track), subscriber.sid, s.handle, s.max_fps});
}

// nullptr: it was never asked for, or there are too many.
DataSubscription* subscription_of(Participant& subscriber, const TrackSid& sid, bool wanted) {
  auto& all = subscriber.data_subscriptions;
  const auto found = all.find(sid);
  if (found != all.end()) return &found->second;
  if (!wanted || all.size() >= kMaxDataSubscriptions) return nullptr;
  return &all[sid];
}

// True if the subscriber's handles changed.
bool refresh(Turn& t, const Participant& publisher, const livekit::DataTrackInfo& track, Participant& subscriber) {
  if (&publisher == &subscriber) return false;
  if (subscriber.state != livekit::ParticipantInfo::ACTIVE) return false;
  const TrackSid sid{track.sid()};
  DataSubscription* s = subscription_of(subscriber, sid, subscriber.auto_subscribe_data_tracks);
  if (!s) return false;
  const bool allowed =
      !publisher.allowed || publisher.allowed->may_get(subscriber.sid.value(), subscriber.grants.identity, track.sid());
  if (s->wanted && !publisher.hidden()) tell_permission(t, publisher, subscriber, *s, sid, allowed);
  const bool active = s->wanted && allowed && !publisher.hidden() && subscriber.grants.permission.can_subscribe();
  if (active == (s->handle != 0)) return false;
  s->handle = active ? new_handle(subscriber) : std::uint16_t{0};
  if (active)
    configure(t, publisher, track, subscriber, *s);
  else
    t.tell_media(media::UnsubscribeDataTrack{publisher.sid, handle_of(track), subscriber.sid});
  return true;
}

// Everybody's subscription to it ends; adds those who had one, to be told once all is done.
void end_subscriptions_to(Turn& t, const livekit::DataTrackInfo& track, std::set<PeerSid>& lost) {
  const TrackSid sid{track.sid()};
  t.room.data_publisher_of.erase(sid);
  for (auto& [peer, subscriber] : t.room.participants) {
    const auto ended = subscriber.data_subscriptions.extract(sid);
    if (!ended.empty() && ended.mapped().handle != 0) lost.insert(peer);
  }
}

void tell_handles(Turn& t, const std::set<PeerSid>& subscribers) {
  for (const PeerSid& peer : subscribers)
    if (const Participant* subscriber = t.find(peer)) tell_data_track_handles(t, *subscriber);
}

struct Published {
  Participant* publisher = nullptr;
  const livekit::DataTrackInfo* track = nullptr;
};

Published find(Turn& t, const TrackSid& sid) {
  const auto owner = t.room.data_publisher_of.find(sid);
  Participant* publisher = owner == t.room.data_publisher_of.end() ? nullptr : t.find(owner->second);
  if (!publisher || publisher->hidden()) return {};
  for (const auto& [handle, track] : publisher->data_tracks)
    if (track.sid() == sid.value()) return {publisher, &track};
  return {};
}

// True if the subscriber's handles changed.
bool update(Turn& t, Participant& self, const livekit::UpdateDataSubscription::Update& wish) {
  const TrackSid sid{wish.track_sid()};
  const Published found = find(t, sid);
  if (!found.track) {
    if (wish.subscribe()) tell_error(t, self, wish.track_sid(), livekit::SE_TRACK_NOTFOUND);
    return false;
  }
  if (found.publisher == &self) return false;
  DataSubscription* s = subscription_of(self, sid, true);
  if (!s) {
    if (wish.subscribe()) tell_error(t, self, wish.track_sid(), livekit::SE_UNKNOWN);
    return false;
  }
  const std::uint32_t before = std::exchange(s->max_fps, wish.subscribe() ? wish.options().target_fps() : 0);
  s->wanted = wish.subscribe();
  const bool changed = refresh(t, *found.publisher, *found.track, self);
  if (!s->wanted && !self.auto_subscribe_data_tracks) {
    self.data_subscriptions.erase(sid);  // there is nothing to remember
    return changed;
  }
  if (!changed && s->handle != 0 && s->max_fps != before) configure(t, *found.publisher, *found.track, self, *s);
  return changed;
}

}  // namespace

void on_publish_data_track(Turn& t, Participant& self, const PublishDataTrackRequest& request) {
  livekit::SignalResponse answer;
  if (const auto refused = refusal(self, request)) {
    auto& response = *answer.mutable_request_response();
    response.set_reason(refused->reason);
    response.set_message(refused->message);
    *response.mutable_publish_data_track() = request;
    return t.send(self.sid, std::move(answer));
  }
  livekit::DataTrackInfo info = info_of(t, request);
  *answer.mutable_publish_data_track_response()->mutable_info() = info;
  t.send(self.sid, std::move(answer));
  t.room.data_publisher_of[TrackSid{info.sid()}] = self.sid;
  self.data_tracks[handle_of(info)] = std::move(info);
  self.is_publisher = true;
  announce_now(t, self);  // before the handles that name it
  refresh_data_subscribers_of(t, self);
}

void on_unpublish_data_track(Turn& t, Participant& self, const livekit::UnpublishDataTrackRequest& request) {
  const bool known =
      request.pub_handle() <= UINT16_MAX && self.data_tracks.contains(static_cast<std::uint16_t>(request.pub_handle()));
  if (known) return end_data_track(t, self, static_cast<std::uint16_t>(request.pub_handle()));
  livekit::SignalResponse answer;
  answer.mutable_request_response()->set_reason(Reason::NOT_FOUND);
  *answer.mutable_request_response()->mutable_unpublish_data_track() = request;
  t.send(self.sid, std::move(answer));
}

void on_update_data_subscription(Turn& t, Participant& self, const livekit::UpdateDataSubscription& request) {
  bool changed = false;
  for (const auto& wish : request.updates()) changed |= update(t, self, wish);
  // Asked for again it is told again: the client waits for it.
  if (changed || request.updates_size() > 0) tell_data_track_handles(t, self);
}

bool knows_data_tracks(const Participant& self, const livekit::SyncState& sync) {
  return std::all_of(sync.publish_data_tracks().begin(), sync.publish_data_tracks().end(), [&](const auto& published) {
    return std::any_of(self.data_tracks.begin(), self.data_tracks.end(),
                       [&](const auto& entry) { return entry.second.sid() == published.info().sid(); });
  });
}

void tell_data_track_handles(Turn& t, const Participant& subscriber) {
  livekit::SignalResponse message;
  auto& handles = *message.mutable_data_track_subscriber_handles()->mutable_sub_handles();
  for (const auto& [sid, s] : subscriber.data_subscriptions) {
    const Participant* publisher = s.handle == 0 ? nullptr : find(t, sid).publisher;
    if (!publisher) continue;
    auto& entry = handles[s.handle];
    entry.set_publisher_identity(publisher->grants.identity);
    entry.set_publisher_sid(publisher->sid.value());
    entry.set_track_sid(sid.value());
  }
  t.send(subscriber.sid, std::move(message));
}

void refresh_data_subscriptions_of(Turn& t, Participant& subscriber) {
  bool changed = false;
  for (const auto& [sid, publisher] : t.room.participants)
    for (const auto& [handle, track] : publisher.data_tracks) changed |= refresh(t, publisher, track, subscriber);
  if (changed) tell_data_track_handles(t, subscriber);
}

void refresh_data_subscribers_of(Turn& t, Participant& publisher) {
  for (auto& [sid, subscriber] : t.room.participants) {
    bool changed = false;
    for (const auto& [handle, track] : publisher.data_tracks) changed |= refresh(t, publisher, track, subscriber);
    if (changed) tell_data_track_handles(t, subscriber);
  }
}

void end_data_track(Turn& t, Participant& self, std::uint16_t handle) {
  const auto track = self.data_tracks.extract(handle);
  std::set<PeerSid> lost;
  end_subscriptions_to(t, track.mapped(), lost);
  for (const PeerSid& peer : lost) t.tell_media(media::UnsubscribeDataTrack{self.sid, handle, peer});
  livekit::SignalResponse message;
  *message.mutable_unpublish_data_track_response()->mutable_info() = track.mapped();
  t.send(self.sid, std::move(message));
  announce_now(t, self);
  tell_handles(t, lost);
}

void unpublish_forbidden_data_tracks(Turn& t, Participant& self) {
  if (self.grants.permission.can_publish_data()) return;
  while (!self.data_tracks.empty()) end_data_track(t, self, self.data_tracks.begin()->first);
}

void end_data_subscriptions(Turn& t, Participant& leaving) {
  for (const auto& [sid, s] : leaving.data_subscriptions) {
    const Published from = s.handle == 0 ? Published{} : find(t, sid);
    if (from.track) t.tell_media(media::UnsubscribeDataTrack{from.publisher->sid, handle_of(*from.track), leaving.sid});
  }
  leaving.data_subscriptions.clear();
}

void forget_data_tracks(Turn& t, const Participant& gone) {
  std::set<PeerSid> lost;
  for (const auto& [handle, track] : gone.data_tracks) end_subscriptions_to(t, track, lost);
  tell_handles(t, lost);
}

}  // namespace costage::signal
