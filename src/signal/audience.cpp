#include "signal/audience.hpp"

namespace costage::signal {

Audience::Audience(const livekit::SubscriptionPermission& permission) : everybody_(permission.all_participants()) {
  const auto add = [](ByName& names, const std::string& name, const livekit::TrackPermission& one) {
    if (name.empty()) return;
    Tracks& tracks = names[name];
    tracks.all |= one.all_tracks();
    tracks.sids.insert(one.track_sids().begin(), one.track_sids().end());
  };
  for (const auto& one : permission.track_permissions()) {
    add(by_sid_, one.participant_sid(), one);
    add(by_identity_, one.participant_identity(), one);
  }
}

bool Audience::may_get(const std::string& participant_sid, const std::string& identity,
                       const std::string& track_sid) const {
  const auto allows = [&](const ByName& names, const std::string& name) {
    const auto found = names.find(name);
    return found != names.end() && found->second.contain(track_sid);
  };
  return everybody_ || allows(by_sid_, participant_sid) || allows(by_identity_, identity);
}

}  // namespace costage::signal
