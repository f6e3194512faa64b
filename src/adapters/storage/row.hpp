// Rows of SQL tables by their field lists (fields/*.hpp). Private to the SQL tables.
#pragma once

#include <string>
#include <vector>

#include "adapters/storage/fields/fields.hpp"
#include "adapters/storage/sql.hpp"

namespace costage::storage {

using Columns = std::vector<std::string>;

// ---- names of columns, and the SQL made of them ----

struct ColumnLister {
  Columns out;
  template <class T>
  void operator()(const char*, const char* column, const T&, Since = {}) {
    out.emplace_back(column);
  }
  template <class T>
  void part(const char*, const T& part) {
    fields(*this, part);
  }
};

template <class Row>
Columns columns_of() {
  ColumnLister lister;
  const Row row{};
  fields(lister, row);
  return lister.out;
}

std::string joined(const Columns& columns);  // "room_id, title, .."
// INSERT .. VALUES (:room_id, :title, ..) ON CONFLICT (key) DO UPDATE SET .. for every other column.
std::string upsert_sql(const std::string& table, const Columns& columns, const Columns& key);

// ---- values of a row ----

struct RowWriter {
  Values out;
  template <class T>
  void operator()(const char*, const char*, const T& value, Since = {}) {
    out.push_back(value_of(value));
  }
  template <class T>
  void part(const char*, const T& part) {
    fields(*this, part);
  }
};

template <class Row>
Values values_of(const Row& row) {
  RowWriter writer;
  fields(writer, row);
  return std::move(writer.out);
}

struct RowReader {
  const soci::row& row;
  std::size_t at = 0;

  template <class T>
  void operator()(const char*, const char*, T& value, Since = {}) {
    read(value_at(row, at++), value);
  }
  template <class T>
  void part(const char*, T& part) {
    fields(*this, part);
  }
};

// The columns of the field list must come first, in its order.
template <class Row>
Row row_from(const soci::row& row) {
  Row out;
  RowReader reader{row};
  fields(reader, out);
  return out;
}

}  // namespace costage::storage
