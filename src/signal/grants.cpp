#include "signal/grants.hpp"

#include <algorithm>

namespace costage::signal {

livekit::ParticipantPermission default_permission() {
  livekit::ParticipantPermission permission;
  permission.set_can_subscribe(true);
  permission.set_can_publish(true);
  permission.set_can_publish_data(true);
  return permission;
}

bool may_publish(const livekit::ParticipantPermission& permission, livekit::TrackSource source) {
  const auto& sources = permission.can_publish_sources();
  return permission.can_publish() &&
         (sources.empty() || std::find(sources.begin(), sources.end(), source) != sources.end());
}

}  // namespace costage::signal
