#pragma once

#include "domain/decision.hpp"
#include "domain/errors.hpp"
#include "domain/scene/commands.hpp"

namespace costage::domain {

Answer<Events> decide_scene(const RoomState& state, const SceneCommand& command, WallTime now);

}  // namespace costage::domain
