// Reading rows that may be damaged, and pages of them. Private to the SQL tables.
#pragma once

#include <exception>
#include <string>

#include "adapters/storage/health.hpp"
#include "adapters/storage/row.hpp"
#include "app/cursor.hpp"
#include "app/ports/stores.hpp"

namespace costage::storage {

// What cannot be in a row is a DamagedRecord of this name.
template <class Read>
auto read_record(const std::string& name, Read read) -> decltype(read()) {
  try {
    return read();
  } catch (const std::exception& error) {
    throw DamagedRecord(name + ": " + error.what());
  }
}

// Calls `use` with the row and its id, which is in column 0. A damaged record is told to `health` and left out, so that
// one does not hide the others.
template <class Use>
void use_record(const soci::row& row, Health& health, Use use) {
  try {
    const std::string id = read_record("an id", [&] { return stored::text(row.get<std::string>(0)); });
    read_record(id, [&] { use(row, id); });
  } catch (const DamagedRecord& record) {
    health.found(record);
  }
}

// What a table is asked for its rows: SELECT .. FROM .. WHERE .., and the values in it.
struct Query {
  std::string text;
  Values values;
};

// One row more than the page, to know whether there is another.
void add_page(Query& query, const std::string& id_column, app::SortBy sort, const app::PageRequest& page);

// Rows of T from behind the cursor in the order of creation. `query` needs a condition to add to.
template <class T>
app::Page<T> page_of(Sql& sql, Query query, const std::string& id_column, app::SortBy sort,
                     const app::PageRequest& asked, Health& health) {
  add_page(query, id_column, sort, asked);
  app::Page<T> page;
  app::Cursor last;
  std::size_t seen = 0;
  sql.select(query.text, query.values, [&](const soci::row& row) {
    if (++seen > asked.limit) page.next_cursor = app::write_cursor(last);
    if (seen > asked.limit) return;
    use_record(row, health, [&](const soci::row& r, const std::string& id) {
      last = {r.get<Number>("created_at"), id};
      page.items.push_back(row_from<T>(r));
    });
  });
  return page;
}

}  // namespace costage::storage
