// A media server that all nodes share and that outlives them, as a LiveKit cluster does: who is connected with which
// lease. It asks nobody itself; who lets people in is the simulation (people.cpp), who puts them out are the nodes.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "app/ports/media_server.hpp"
#include "world.hpp"

namespace costage::sim {

class NodeMedia;

using Place = std::pair<domain::RoomId, app::Identity>;

struct MediaLink {
  std::uint64_t connection = 0;
  domain::LeaseId lease;
  app::MediaDevice microphone{}, camera{};
};

class MediaCluster {
 public:
  explicit MediaCluster(World& world) : world_(world) {}

  void connect(const app::MediaGrant& token);
  void disconnect(Place place);  // a copy: it may be one of links()
  void set_devices(const Place& place, app::MediaDevice microphone, app::MediaDevice camera);
  void set_lease(const Place& place, const domain::LeaseId& lease);
  void close_room(const domain::RoomId& room);
  void go_away(milliseconds time) { away_until_ = world_.now() + time; }
  [[nodiscard]] bool is_away() const { return world_.now() < away_until_ && !world_.is_calm(); }

  // The text of a token.
  std::string mint(const app::MediaGrant& grant);
  [[nodiscard]] const app::MediaGrant& token(const std::string& text) const { return tokens_[std::stoul(text)]; }

  [[nodiscard]] const std::map<Place, MediaLink>& links() const { return links_; }
  [[nodiscard]] std::uint64_t version() const { return version_; }
  void join(NodeMedia& node) { nodes_.push_back(&node); }
  void leave(const NodeMedia& node) { std::erase(nodes_, &node); }

 private:
  void tell(const Place& place);

  World& world_;
  std::map<Place, MediaLink> links_;
  std::uint64_t version_ = 0;  // counts changes
  std::uint64_t connections_ = 0;
  std::vector<app::MediaGrant> tokens_;
  std::vector<NodeMedia*> nodes_;
  WallTime away_until_;
};

}  // namespace costage::sim
