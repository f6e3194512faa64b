#include "signal/permissions.hpp"

#include "signal/announce.hpp"
#include "signal/data_tracks.hpp"
#include "signal/subscriptions.hpp"
#include "signal/tracks.hpp"

namespace costage::signal {
namespace {

// The others never learn of a hidden participant, so they lose the one who hides, and meet the one who stops hiding.
void change_visibility(Turn& t, Participant& self, bool was_hidden) {
  if (was_hidden == self.hidden()) return;
  refresh_data_subscribers_of(t, self);
  for (auto& [sid, track] : self.tracks) {
    if (!self.hidden()) {
      refresh_all_subscribers_of(t, self, track);
      continue;
    }
    for (auto& [subscriber_sid, subscriber] : t.room.participants)
      if (subscriber.subscriptions.erase(sid)) t.tell_media(media::Unsubscribe{subscriber_sid, sid});
  }
  if (!self.hidden()) return;
  livekit::SignalResponse message;
  auto& gone = *message.mutable_update()->add_participants();
  gone = describe(self);
  gone.clear_tracks();
  gone.clear_data_tracks();
  gone.set_state(livekit::ParticipantInfo::DISCONNECTED);
  std::vector<PeerSid> others = everybody(t.room);
  std::erase(others, self.sid);
  t.send(std::move(others), std::move(message));
}

}  // namespace

void set_permission(Turn& t, Participant& self, const livekit::ParticipantPermission& permission) {
  const bool was_hidden = self.hidden();
  const bool could_subscribe = self.grants.permission.can_subscribe();
  self.grants.permission = permission;
  unpublish_forbidden_data_tracks(t, self);
  self.is_publisher = self.is_publisher && permission.can_publish();
  announce_now(t, self);
  t.effects.push_back(SendToken{self.sid, self.grants});
  unpublish_forbidden(t, self);
  change_visibility(t, self, was_hidden);
  if (could_subscribe == permission.can_subscribe()) return;
  refresh_all_subscriptions_of(t, self);
  refresh_data_subscriptions_of(t, self);
}

}  // namespace costage::signal
