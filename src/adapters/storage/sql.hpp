// A connection whose statements are prepared once and kept: most of what a small write costs is the reading of its SQL.
#pragma once

#include <soci/soci.h>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/storage/value.hpp"

namespace costage::storage {

using Number = long long;  // what SOCI takes for BIGINT
using Values = std::vector<Value>;
using UseRow = std::function<void(const soci::row&)>;

class Sql {
 public:
  enum class Rows { as_they_are, locked };
  // `locked`: what a write reads first of a stream (for_update) is its own until the transaction ends.
  explicit Sql(soci::session& session, Rows rows = Rows::as_they_are) : session_(session), rows_(rows) {}

  // The end of a SELECT that waits for other writers of its rows, and keeps them out.
  [[nodiscard]] const char* for_update() const { return rows_ == Rows::locked ? " FOR UPDATE" : ""; }

  // Gives how many rows were written. Values are bound in the order of the parameters, whose names must differ.
  Number execute(const std::string& text, const Values& values = {});
  // Calls `use` for every row.
  void select(const std::string& text, const Values& values, const UseRow& use);

 private:
  // Texts come from this program; the longest list of filters makes a few dozen.
  static constexpr std::size_t kMaxKept = 500;

  // What a statement's parameter points to.
  struct Bound {
    Number number = 0;
    std::string text;
    soci::indicator is = soci::i_ok;
  };
  struct Statement {
    explicit Statement(soci::session& session) : handle(session) {}
    std::deque<Bound> bound;  // before the statement, which points to it
    soci::row row;
    soci::statement handle;
  };

  Statement& prepared(const std::string& text, const Values& values, bool gives_rows);

  soci::session& session_;
  Rows rows_;
  std::map<std::string, std::unique_ptr<Statement>> kept_;
};

// A column of the row as it is, not yet checked.
Value value_at(const soci::row& row, std::size_t column);

}  // namespace costage::storage
