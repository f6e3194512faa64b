// egresses: recordings and restreams of a room, in the order they became known.
#pragma once

#include "adapters/storage/row.hpp"
#include "domain/egress/egress.hpp"

namespace costage::storage {

class EgressTable {
 public:
  explicit EgressTable(Sql& sql) : sql_(sql) {}

  domain::Egresses load(const domain::RoomId& room);
  void save(const domain::RoomId& room, const domain::Egresses& before, const domain::Egresses& after);

 private:
  Sql& sql_;
};

}  // namespace costage::storage
