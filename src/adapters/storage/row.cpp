#include "adapters/storage/row.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/overloaded.hpp"

namespace costage::storage {
namespace {

// What a statement's parameters point to: stays where it is until the statement ran.
struct Bound {
  Number number = 0;
  std::string text;
  soci::indicator is = soci::i_ok;
};

void bind(soci::statement& statement, Bound& bound, const Value& value) {
  const auto number = [&](Number n) {
    bound.number = n;
    statement.exchange(soci::use(bound.number, bound.is));
  };
  const auto text = [&](const std::string& t) {
    bound.text = t;
    statement.exchange(soci::use(bound.text, bound.is));
  };
  std::visit(Overloaded{[&](std::nullptr_t) {
                          bound.is = soci::i_null;
                          number(0);
                        },
                        [&](bool flag) { number(flag ? 1 : 0); }, [&](std::int64_t n) { number(n); },
                        [&](const std::string& t) { text(t); }, [&](const Texts& texts) { text(to_text(texts)); }},
             value);
}

}  // namespace

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

Value value_at(const soci::row& row, std::size_t column) {
  if (row.get_indicator(column) == soci::i_null) return nullptr;
  switch (row.get_properties(column).get_data_type()) {
    case soci::dt_string:
      return row.get<std::string>(column);
    case soci::dt_long_long:
      return std::int64_t{row.get<Number>(column)};
    case soci::dt_integer:
      return std::int64_t{row.get<int>(column)};
    default:
      throw std::runtime_error("a column of a type that we do not write");
  }
}

Number execute(soci::session& sql, const std::string& text, std::vector<Value> values) {
  soci::statement statement(sql);
  std::deque<Bound> bound;
  for (const Value& value : values) bind(statement, bound.emplace_back(), value);
  statement.alloc();
  statement.prepare(text);
  statement.define_and_bind();
  statement.execute(true);
  return statement.get_affected_rows();
}

}  // namespace costage::storage
