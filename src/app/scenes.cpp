#include "app/scenes.hpp"

#include <utility>

#include "app/room_part.hpp"

namespace costage::app {

using namespace domain;

void Scenes::get(const Caller& caller, const RoomId& room, Done<Scene> done) {
  get_part(in_, caller, room, &RoomState::scene, std::move(done));
}

void Scenes::set(const Caller& caller, const RoomId& room, Scene scene, const MaybeIdempotency& once,
                 Done<Scene> done) {
  set_part(in_, caller, room, SetScene{caller, std::move(scene)}, &RoomState::scene, once, std::move(done));
}

}  // namespace costage::app
