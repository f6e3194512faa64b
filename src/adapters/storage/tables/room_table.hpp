// rooms: what a room is, without its stage and invitations.
#pragma once

#include "adapters/storage/health.hpp"
#include "adapters/storage/row.hpp"
#include "app/ports/stores.hpp"

namespace costage::storage {

class RoomTable {
 public:
  RoomTable(Sql& sql, Health& health) : sql_(sql), health_(health) {}

  std::optional<domain::Room> find(const domain::RoomId& room);
  void put(const domain::Room& room);
  app::Page<domain::Room> list(const app::RoomFilter& filter, const app::PageRequest& page);
  std::vector<domain::RoomId> open_after(const domain::RoomId& after, std::size_t limit);

 private:
  Sql& sql_;
  Health& health_;
};

}  // namespace costage::storage
