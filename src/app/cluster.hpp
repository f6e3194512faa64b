// What a node knows of itself and the others of its installation.
#pragma once

#include <functional>
#include <string>

#include "app/ports/bus.hpp"
#include "base/time.hpp"
#include "domain/room/room.hpp"

namespace costage::app {

struct Cluster {
  Bus* bus = nullptr;          // hints to and from other nodes; nullptr: none
  bool is_shared = false;      // whether other nodes may write to the same database
  bool carries_media = false;  // with a media server of its own
  std::string node_id{}, url{};
  // Percent of what its media server can do that is free.
  std::function<int()> headroom = [] { return 100; };
  // What time the database has, as it answers. Nodes decide by it, so that they agree when something ran out.
  std::function<void(WallTime)> on_database_time = [](WallTime) {};

  // Whether a show has to be carried by one node among several.
  [[nodiscard]] bool has_media_of_its_own() const { return is_shared && carries_media; }
  // Whether what this node's media server says of that room counts: another one may have carried it before.
  [[nodiscard]] bool carries(const domain::Room& room) const {
    return !has_media_of_its_own() || room.media_node == node_id;
  }
};

}  // namespace costage::app
