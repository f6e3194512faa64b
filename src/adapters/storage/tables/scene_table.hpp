// scenes: how the stage is shown, where somebody has said so.
#pragma once

#include "adapters/storage/row.hpp"
#include "domain/scene/scene.hpp"

namespace costage::storage {

class SceneTable {
 public:
  explicit SceneTable(Sql& sql) : sql_(sql) {}

  domain::Scene load(const domain::RoomId& room);
  void save(const domain::RoomId& room, const domain::Scene& before, const domain::Scene& after);

 private:
  Sql& sql_;
};

}  // namespace costage::storage
