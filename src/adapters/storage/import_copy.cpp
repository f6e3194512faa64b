#include "adapters/storage/import_copy.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <set>

#include "adapters/storage/unusable.hpp"
#include "base/overloaded.hpp"

namespace costage::storage {
namespace {

constexpr std::size_t kBlock = 1024 * 1024;  // bytes that are sent together

std::vector<std::string> texts(Sql& sql, const std::string& query, const Values& values = {}) {
  std::vector<std::string> out;
  sql.select(query, values, [&](const soci::row& row) { out.push_back(row.get<std::string>(0)); });
  return out;
}

// "a", "b": some of our columns have names that are words of SQL.
std::string quoted(const Columns& columns) {
  std::string out;
  for (const std::string& column : columns) out += (out.empty() ? "\"" : ", \"") + column + "\"";
  return out;
}

// ---- COPY, https://www.postgresql.org/docs/15/sql-copy.html, "Text Format" ----

void add_text(std::string& out, const std::string& text) {
  for (const char c : text) {
    switch (c) {
      case '\\':
        out += "\\\\";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        out += c;
    }
  }
}

void add_value(std::string& out, const Value& value) {
  std::visit(Overloaded{[&](std::nullptr_t) { out += "\\N"; }, [&](bool flag) { out += flag ? '1' : '0'; },
                        [&](std::int64_t number) { out += std::to_string(number); },
                        [&](const std::string& text) { add_text(out, text); },
                        [&](const Texts& list) { add_text(out, to_text(list)); }},
             value);
}

// While it lives, the connection takes rows and nothing else.
class CopyIn {
 public:
  CopyIn(PGconn* connection, const SourceTable& table) : connection_(connection), table_(table.name) {
    const std::string start = "COPY \"" + table.name + "\" (" + quoted(table.columns) + ") FROM STDIN";
    expect(PQexec(connection_, start.c_str()), PGRES_COPY_IN);
    open_ = true;
  }
  ~CopyIn() {
    if (!open_) return;
    PQputCopyEnd(connection_, "the source could not be read");
    while (PGresult* result = PQgetResult(connection_)) PQclear(result);
  }
  CopyIn(const CopyIn&) = delete;
  CopyIn& operator=(const CopyIn&) = delete;

  void add(const soci::row& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) block_ += '\t';
      add_value(block_, value_at(row, i));
    }
    block_ += '\n';
    if (block_.size() >= kBlock) send();
  }
  void end() {
    send();
    if (PQputCopyEnd(connection_, nullptr) != 1) refuse();
    open_ = false;
    expect(PQgetResult(connection_), PGRES_COMMAND_OK);
    expect(PQgetResult(connection_), PGRES_EMPTY_QUERY);  // nothing more
  }

 private:
  void send() {
    if (PQputCopyData(connection_, block_.data(), static_cast<int>(block_.size())) != 1) refuse();
    block_.clear();
  }
  void expect(PGresult* given, ExecStatusType status) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(given, &PQclear);
    if (result && PQresultStatus(result.get()) != status) refuse();
  }
  [[noreturn]] void refuse() {
    throw Unusable("PostgreSQL refuses the rows of " + table_ + ": " + PQerrorMessage(connection_));
  }

  PGconn* connection_;
  std::string table_;
  std::string block_;
  bool open_ = false;
};

bool is_ready(const SourceTable& table, const std::set<std::string>& placed) {
  return std::ranges::all_of(table.refers_to, [&](const std::string& other) { return placed.contains(other); });
}

}  // namespace

std::vector<SourceTable> tables_of(Sql& sqlite) {
  std::vector<SourceTable> waiting, out;
  for (const std::string& name : texts(sqlite, R"sql(
SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'meta' ORDER BY name)sql"))
    waiting.push_back({name, texts(sqlite, "SELECT name FROM pragma_table_info(:name) ORDER BY cid", {name}),
                       texts(sqlite, "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list(:name)", {name})});
  std::set<std::string> placed;
  while (!waiting.empty()) {
    const auto next = std::ranges::find_if(waiting, [&](const SourceTable& one) { return is_ready(one, placed); });
    if (next == waiting.end()) throw Unusable("its tables refer to each other");
    placed.insert(next->name);
    out.push_back(std::move(*next));
    waiting.erase(next);
  }
  return out;
}

std::uint64_t copy_table(Sql& sqlite, PGconn* postgres, const SourceTable& table) {
  CopyIn copy(postgres, table);
  std::uint64_t rows = 0;
  sqlite.select("SELECT " + quoted(table.columns) + " FROM \"" + table.name + "\"", {}, [&](const soci::row& row) {
    copy.add(row);
    ++rows;
  });
  copy.end();
  return rows;
}

void copy_meta(Sql& sqlite, Sql& postgres) {
  static const std::string put = upsert_sql("meta", {"name", "value"}, {"name"});
  sqlite.select("SELECT name, value FROM meta WHERE name <> 'schema_version'", {},
                [&](const soci::row& row) { postgres.execute(put, {value_at(row, 0), value_at(row, 1)}); });
}

}  // namespace costage::storage
