// Rows of SQL tables by their field lists (fields/*.hpp). Private to the SQL tables.
#pragma once

#include <soci/soci.h>

#include <deque>
#include <initializer_list>
#include <string>
#include <vector>

#include "adapters/storage/fields/fields.hpp"
#include "adapters/storage/value.hpp"

namespace costage::storage {

using Number = long long;  // what SOCI takes for BIGINT
using Rows = soci::rowset<soci::row>;
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
  std::vector<Value> out;
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
std::vector<Value> values_of(const Row& row) {
  RowWriter writer;
  fields(writer, row);
  return std::move(writer.out);
}

// A column of the row as it is, not yet checked.
Value value_at(const soci::row& row, std::size_t column);

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

// ---- statements ----

// Binds what is not known before the program runs. Gives how many rows were written.
Number execute(soci::session& sql, const std::string& text, std::vector<Value> values);

}  // namespace costage::storage
