#include "domain/scene/decide.hpp"

#include <set>

#include "domain/limits.hpp"
#include "domain/permission.hpp"

namespace costage::domain {
namespace {

std::optional<Refusal> bad_scene(const Scene& scene) {
  if (scene.order.size() > limits::kOnStage)
    return Refusal::invalid("order", "It must not name more than " + std::to_string(limits::kOnStage) + " people.");
  if (std::set<UserId>(scene.order.begin(), scene.order.end()).size() != scene.order.size())
    return Refusal::invalid("order", "Each must be there once.");
  for (const UserId& user : scene.order)
    if (auto bad = bad_user_id(user, "order")) return bad;
  return scene.spotlight ? bad_user_id(*scene.spotlight, "spotlightId") : std::nullopt;
}

Answer<Events> decide_on(const RoomState& state, const SetScene& command, WallTime now) {
  if (!permitted(state, command.actor, Action::set_scene)) return refuse(Code::not_permitted);
  if (auto bad = bad_scene(command.scene)) return refuse(*bad);
  if (!is_open(state.room.status)) return refuse(Code::room_ended);
  Decision decision{state, now, command.actor.user};
  if (command.scene != state.scene) decision.emit(EventType::scene_changed, SceneChange{command.scene});
  return decision.take();
}

}  // namespace

Answer<Events> decide_scene(const RoomState& state, const SceneCommand& command, WallTime now) {
  return std::visit([&](const auto& c) { return decide_on(state, c, now); }, command);
}

}  // namespace costage::domain
