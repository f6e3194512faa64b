#include "adapters/storage/row.hpp"

#include <algorithm>

namespace costage::storage {

std::string joined(const Columns& columns) {
  std::string out;
  for (const std::string& column : columns) out += (out.empty() ? "" : ", ") + column;
  return out;
}

std::string upsert_sql(const std::string& table, const Columns& columns, const Columns& key) {
  std::string values, changes;
  for (const std::string& column : columns) {
    values += (values.empty() ? ":" : ", :") + column;
    if (std::ranges::find(key, column) == key.end())
      changes += (changes.empty() ? "" : ", ") + column + " = excluded." + column;
  }
  return "INSERT INTO " + table + " (" + joined(columns) + ") VALUES (" + values + ") ON CONFLICT (" + joined(key) +
         ") DO UPDATE SET " + changes;
}

}  // namespace costage::storage
