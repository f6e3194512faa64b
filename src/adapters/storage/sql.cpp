#include "adapters/storage/sql.hpp"

#include <stdexcept>

#include "base/overloaded.hpp"

namespace costage::storage {
namespace {

// Texts and numbers are bound differently, so a statement is kept for each pattern of both. A NULL is a number.
bool is_text(const Value& value) {
  return std::holds_alternative<std::string>(value) || std::holds_alternative<Texts>(value);
}

std::string key_of(const std::string& text, const Values& values) {
  std::string key;
  key.reserve(text.size() + 1 + values.size());
  key += text;
  key += '\n';
  for (const Value& value : values) key += is_text(value) ? 't' : 'n';
  return key;
}

}  // namespace

Sql::Statement& Sql::prepared(const std::string& text, const Values& values, bool gives_rows) {
  if (kept_.size() >= kMaxKept) kept_.clear();
  const auto [at, is_new] = kept_.try_emplace(key_of(text, values));
  if (is_new) {
    at->second = std::make_unique<Statement>(session_);
    Statement& statement = *at->second;
    if (gives_rows) statement.handle.exchange(soci::into(statement.row));
    for (const Value& value : values) {
      Bound& bound = statement.bound.emplace_back();
      if (is_text(value))
        statement.handle.exchange(soci::use(bound.text, bound.is));
      else
        statement.handle.exchange(soci::use(bound.number, bound.is));
    }
    try {
      statement.handle.alloc();
      statement.handle.prepare(text);
      statement.handle.define_and_bind();
    } catch (...) {
      kept_.erase(at);
      throw;
    }
  }
  Statement& statement = *at->second;
  for (std::size_t i = 0; i < values.size(); ++i) {
    Bound& bound = statement.bound[i];
    bound.is = std::holds_alternative<std::nullptr_t>(values[i]) ? soci::i_null : soci::i_ok;
    std::visit(
        Overloaded{[](std::nullptr_t) {}, [&](bool flag) { bound.number = flag ? 1 : 0; },
                   [&](std::int64_t number) { bound.number = number; }, [&](const std::string& t) { bound.text = t; },
                   [&](const Texts& texts) { bound.text = to_text(texts); }},
        values[i]);
  }
  return statement;
}

Number Sql::execute(const std::string& text, const Values& values) try {
  Statement& statement = prepared(text, values, false);
  statement.handle.execute(true);
  return statement.handle.get_affected_rows();
} catch (...) {
  kept_.erase(key_of(text, values));  // whatever state it is in
  throw;
}

void Sql::select(const std::string& text, const Values& values, const UseRow& use) try {
  Statement& statement = prepared(text, values, true);
  statement.handle.execute(false);
  while (statement.handle.fetch()) use(statement.row);
} catch (...) {
  kept_.erase(key_of(text, values));
  throw;
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

}  // namespace costage::storage
