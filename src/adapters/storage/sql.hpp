// A connection whose statements are prepared once and kept: most of what a small write costs is the reading of its SQL.
#pragma once

#include <soci/soci.h>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/storage/value.hpp"

namespace costage::storage {

using Number = long long;  // what SOCI takes for BIGINT
using Values = std::vector<Value>;
// PostgreSQL's time in Unix ms, as it is when the statement runs.
inline constexpr const char* kDatabaseTime = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
using UseRow = std::function<void(const soci::row&)>;

class Sql {
 public:
  enum class Writers { one, several };
  explicit Sql(soci::session& session, Writers writers = Writers::one) : session_(session), writers_(writers) {}

  // The end of a SELECT that waits for other writers of its rows, and keeps them out until the transaction ends.
  [[nodiscard]] const char* for_update() const { return writers_ == Writers::several ? " FOR UPDATE" : ""; }
  // Whether what was written must be found by others.
  [[nodiscard]] bool has_other_writers() const { return writers_ == Writers::several; }

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
  Writers writers_;
  std::unordered_map<std::string, std::unique_ptr<Statement>> kept_;
};

// A column of the row as it is, not yet checked.
Value value_at(const soci::row& row, std::size_t column);

}  // namespace costage::storage
