#pragma once

#include <variant>

#include "domain/actor.hpp"
#include "domain/scene/scene.hpp"

namespace costage::domain {

// The scene as it shall be, all of it.
struct SetScene {
  Actor actor;
  Scene scene;
};
using SceneCommand = std::variant<SetScene>;

}  // namespace costage::domain
