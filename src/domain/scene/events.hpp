#pragma once

#include "domain/scene/scene.hpp"

namespace costage::domain {

struct SceneChange {
  Scene scene;
  bool operator==(const SceneChange&) const = default;
};

}  // namespace costage::domain
