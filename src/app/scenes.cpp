#include "app/scenes.hpp"

#include <utility>

#include "app/context.hpp"
#include "domain/decide.hpp"
#include "domain/permission.hpp"

namespace costage::app {

using namespace domain;

void Scenes::get(const Caller& caller, const RoomId& room, Done<Scene> done) {
  in_.work.read<Scene>(
      [caller, room](Transaction& tx) -> domain::Answer<Scene> {
        auto state = load_room(room)(tx);
        if (!state) return refuse(state.error());
        if (!permitted(*state, caller, Action::read_room)) return refuse(Code::not_permitted);
        return std::move(state->scene);
      },
      std::move(done));
}

void Scenes::set(const Caller& caller, const RoomId& room, Scene scene, const MaybeIdempotency& once,
                 Done<Scene> done) {
  const SetScene command{caller, std::move(scene)};
  const auto decision = [command, at = in_.work.now()](Transaction&, const RoomState& state) {
    return decide(state, command, at);
  };
  const auto made = [](const RoomState& after, const Events&) { return Made{after.room.id}; };
  const auto answer = [](Transaction&, const RoomState& state, const Made&) -> domain::Answer<Scene> {
    return state.scene;
  };
  in_.work.write<Scene>({caller, once, load_room(room), decision, made, answer}, std::move(done));
}

}  // namespace costage::app
