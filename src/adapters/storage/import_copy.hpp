// Rows from SQLite to PostgreSQL, table by table. Private to import.cpp.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/storage/row.hpp"

namespace costage::storage {

struct SourceTable {
  std::string name;
  Columns columns;
  std::vector<std::string> refers_to;  // other tables, which must be filled before
};

// Every table of ours but `meta`, in an order in which they can be filled.
[[nodiscard]] std::vector<SourceTable> tables_of(Sql& sqlite);

// Gives how many rows were copied. Throws Unusable when PostgreSQL refuses them. Holds one row and a block in memory.
std::uint64_t copy_table(Sql& sqlite, PGconn* postgres, const SourceTable& table);

// `meta`, without what is said there of the format.
void copy_meta(Sql& sqlite, Sql& postgres);

}  // namespace costage::storage
