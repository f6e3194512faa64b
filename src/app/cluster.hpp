// What a node knows of itself and the others of its installation.
#pragma once

#include <functional>
#include <string>

#include "app/ports/bus.hpp"
#include "base/time.hpp"

namespace costage::app {

struct Cluster {
  Bus* bus = nullptr;      // hints to and from other nodes; nullptr: none
  bool is_shared = false;  // whether other nodes may write to the same database
  std::string node_id{}, url{};
  // What time the database has, as it answers. Nodes decide by it, so that they agree when something ran out.
  std::function<void(WallTime)> on_database_time = [](WallTime) {};
};

}  // namespace costage::app
