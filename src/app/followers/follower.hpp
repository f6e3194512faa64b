// Who carries on what happened in the rooms: every event of every room, in the order of its seq, each at least once,
// also across a crash. Effects on the world come only from followers.
#pragma once

#include <functional>
#include <string_view>

#include "domain/events.hpp"

namespace costage::app {

class Follower {
 public:
  virtual ~Follower() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;  // of its positions in storage
  // `done(false)`: not carried out, and to be given again later. It is given no further event of this room before that.
  virtual void follow(const domain::RoomId& room, const domain::Event& event, std::function<void(bool)> done) = 0;
};

}  // namespace costage::app
