// stages and seats: who is on stage, and the last epoch that was given.
#pragma once

#include "adapters/storage/row.hpp"
#include "domain/stage/stage.hpp"

namespace costage::storage {

class StageTable {
 public:
  explicit StageTable(Sql& sql) : sql_(sql) {}

  domain::Stage load(const domain::RoomId& room);
  std::optional<domain::Seat> find(const domain::RoomId& room, const domain::UserId& user);
  // Writes the rows in which `after` differs.
  void save(const domain::RoomId& room, const domain::Stage& before, const domain::Stage& after);

 private:
  Sql& sql_;
};

}  // namespace costage::storage
