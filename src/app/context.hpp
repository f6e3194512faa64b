// What the use cases share on one node. Private to src/app.
#pragma once

#include <string>

#include "app/media_nodes.hpp"
#include "app/ports/media_server.hpp"
#include "app/presence.hpp"
#include "app/rooms_here.hpp"
#include "app/work/unit_of_work.hpp"
#include "base/rng.hpp"

namespace costage::app {

struct Context {
  UnitOfWork& work;
  RoomsHere& here;
  Presence& presence;
  MediaServer& media;
  MediaNodes& media_nodes;
  Rng& rng;

  [[nodiscard]] std::string new_id(const char* prefix) const {
    constexpr std::size_t kLength = 16;  // 57^16, about 93 bits
    return prefix + rng.text(kLength);
  }
};

// How many watch: without the host and those on stage. The cost does not depend on it.
std::size_t watching(const Context& in, const domain::RoomId& room);

}  // namespace costage::app
