#include "media_cluster.hpp"

#include "node_media.hpp"

namespace costage::sim {

using namespace domain;
using app::MediaDevice;

void MediaCluster::connect(const app::MediaGrant& token) {
  const Place place{token.room, token.identity};
  links_[place] = {++connections_, token.lease, {}, {}};
  world_.note("media: " + token.identity.value() + " is connected with " + token.lease.value());
  tell(place);
}

void MediaCluster::disconnect(Place place) {
  if (links_.erase(place) == 0) return;
  world_.note("media: " + place.second.value() + " is gone");
  tell(place);
}

void MediaCluster::set_devices(const Place& place, MediaDevice microphone, MediaDevice camera) {
  const auto at = links_.find(place);
  if (at == links_.end()) return;
  at->second.microphone = microphone;
  at->second.camera = camera;
  tell(place);
}

void MediaCluster::set_lease(const Place& place, const LeaseId& lease) {
  const auto at = links_.find(place);
  if (at == links_.end() || at->second.lease == lease) return;
  at->second.lease = lease;
  tell(place);
}

void MediaCluster::close_room(const RoomId& room) {
  std::vector<Place> out;
  for (const auto& [place, link] : links_)
    if (place.first == room) out.push_back(place);
  for (const Place& place : out) disconnect(place);
}

std::string MediaCluster::mint(const app::MediaGrant& grant) {
  tokens_.push_back(grant);
  return std::to_string(tokens_.size() - 1);
}

void MediaCluster::tell(const Place& place) {
  ++version_;
  const auto at = links_.find(place);
  const auto link = at == links_.end() ? std::nullopt : std::optional{at->second};
  for (NodeMedia* node : nodes_) node->webhook(place, link, version_);
}

}  // namespace costage::sim
