// Reading rows that may be damaged, and pages of them. Private to the SQL tables.
#pragma once

#include <exception>
#include <string>

#include "adapters/storage/health.hpp"
#include "adapters/storage/held_rows.hpp"
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

// The row of T for which the condition holds, if there is one; damage in it is that of `record`.
template <class T>
std::optional<T> find_row(Sql& sql, const std::string& table, const std::string& where, const Values& values,
                          const std::string& record) {
  std::optional<T> found;
  sql.select("SELECT " + joined(columns_of<T>()) + " FROM " + table + " WHERE " + where, values,
             [&](const soci::row& row) { found = read_record(record, [&] { return row_from<T>(row); }); });
  return found;
}

// How many rows: "invitations WHERE ..".
std::size_t count_rows(Sql& sql, const std::string& table_and_condition, const Values& values);

// The words of a status that runs out by itself: `open` until expires_at, then `expired`, whether or not that is
// marked.
struct OpenStatus {
  std::string_view open, expired;
};
// Any of these, as people see them at `now`; none: all.
void add_status(Query& query, std::string_view status, const OpenStatus& words, WallTime now);
template <class Status>
void add_statuses(Query& query, const std::vector<Status>& statuses, const OpenStatus& words, WallTime now) {
  if (statuses.empty()) return;
  query.text += " AND (1 = 0";
  for (Status status : statuses) add_status(query, name(status), words, now);
  query.text += ")";
}

// Writes a row, and whether its room holds it in mind.
template <class Row>
void put_held(Sql& sql, const std::string& table, const std::string& key, const HeldRow<Row>& row) {
  static const std::string query = [&] {
    Columns all = columns_of<Row>();
    all.emplace_back("held");
    return upsert_sql(table, all, {key});
  }();
  Values values = values_of(row.row);
  values.push_back(value_of(row.held));
  sql.execute(query, values);
}

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
