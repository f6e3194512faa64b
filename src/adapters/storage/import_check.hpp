// Whether two databases tell the program the same. Private to import.cpp.
#pragma once

#include <cstdint>
#include <string>

#include "adapters/storage/sql.hpp"
#include "app/ports/storage.hpp"

namespace costage::storage {

// A database as its program reads it, and its tables for what no store lists.
struct Side {
  Sql& sql;
  app::Transaction& transaction;
};

struct Checked {
  std::uint64_t rooms = 0;
  std::uint64_t events = 0;  // of rooms and chats
};

// Loads every room, which checks it, and replays its history and its chat's: they must tell what was loaded. Throws
// Unusable with the name of the first room that is not so.
Checked check_rooms(const Side& side);

// Throws Unusable with the name of the first room that `other` tells otherwise: its state, its histories, its messages
// and pictures; then the last number of every stream.
void compare(const Side& side, const Side& other);

}  // namespace costage::storage
