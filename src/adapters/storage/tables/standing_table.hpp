// standings: who was appointed, muted or banned in a room.
#pragma once

#include <optional>

#include "adapters/storage/row.hpp"
#include "domain/moderation/standing.hpp"

namespace costage::storage {

class StandingTable {
 public:
  explicit StandingTable(Sql& sql) : sql_(sql) {}

  domain::Standings load(const domain::RoomId& room);
  std::optional<domain::Standing> find(const domain::RoomId& room, const domain::UserId& user);
  // Writes the rows in which `after` differs.
  void save(const domain::RoomId& room, const domain::Standings& before, const domain::Standings& after);

 private:
  Sql& sql_;
};

}  // namespace costage::storage
