// How a room's stage is shown.
#pragma once

#include "app/request.hpp"
#include "domain/scene/scene.hpp"

namespace costage::app {

struct Context;

class Scenes {
 public:
  explicit Scenes(const Context& context) : in_(context) {}

  void get(const Caller& caller, const domain::RoomId& room, Done<domain::Scene> done);
  // All of it.
  void set(const Caller& caller, const domain::RoomId& room, domain::Scene scene, const MaybeIdempotency& once,
           Done<domain::Scene> done);

 private:
  const Context& in_;
};

}  // namespace costage::app
