// run_of_shows and run_of_show_items: what comes in which order, and what is on now.
#pragma once

#include "adapters/storage/row.hpp"
#include "domain/run_of_show/run_of_show.hpp"

namespace costage::storage {

class RunOfShowTable {
 public:
  explicit RunOfShowTable(Sql& sql) : sql_(sql) {}

  domain::RunOfShow load(const domain::RoomId& room);
  void save(const domain::RoomId& room, const domain::RunOfShow& before, const domain::RunOfShow& after);

 private:
  Sql& sql_;
};

}  // namespace costage::storage
