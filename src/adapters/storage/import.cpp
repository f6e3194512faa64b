#include "adapters/storage/import.hpp"

#include <fmt/format.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "adapters/storage/folder_lock.hpp"
#include "adapters/storage/import_check.hpp"
#include "adapters/storage/import_copy.hpp"
#include "adapters/storage/postgres.hpp"
#include "adapters/storage/sql_transaction.hpp"
#include "adapters/storage/sqlite.hpp"
#include "adapters/storage/unusable.hpp"

namespace costage::storage {
namespace {

namespace fs = std::filesystem;

std::string file_in(const std::string& folder) { return (fs::path(folder) / "costage.db").string(); }

// The embedded database, for reading alone. A port's Database shows no tables, so this is a connection of its own.
class Source {
 public:
  Source(FolderLock lock, const std::string& folder)
      : lock_(std::move(lock)),
        session_(soci::sqlite3, "dbname=\"" + file_in(folder) + "\" timeout=2"),
        sql_(session_),
        transaction_(sql_, health_) {
    session_ << "PRAGMA locking_mode = EXCLUSIVE";
    session_ << "PRAGMA query_only = ON";
    session_ << "BEGIN";
  }
  Sql& sql() { return sql_; }
  Side side() { return {sql_, transaction_}; }

 private:
  FolderLock lock_;
  soci::session session_;
  Sql sql_;
  Health health_;
  SqlTransaction transaction_;
};

class Target {
 public:
  explicit Target(const Secret& url)
      : session_(soci::postgresql, connect_text(url)), sql_(session_), transaction_(sql_, health_) {}

  soci::session& session() { return session_; }
  Sql& sql() { return sql_; }
  Side side() { return {sql_, transaction_}; }
  PGconn* raw() { return static_cast<soci::postgresql_session_backend*>(session_.get_backend())->conn_; }

  std::uint64_t count(const std::string& table) {
    long long rows = 0;
    session_ << "SELECT count(*) FROM \"" + table + "\"", soci::into(rows);
    return static_cast<std::uint64_t>(rows);
  }

 private:
  soci::session session_;
  Sql sql_;
  Health health_;
  SqlTransaction transaction_;
};

// However long it takes. Nobody reads the half of it: a node that starts meanwhile waits, and so does another import.
void have_to_itself(Target& target, const std::vector<SourceTable>& tables) {
  for (const char* limit : {"statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"})
    target.session() << std::string("SET LOCAL ") + limit + " = 0";
  std::string names = "meta";
  for (const SourceTable& table : tables) names += ", \"" + table.name + "\"";
  target.session() << "LOCK TABLE " + names + " IN ACCESS EXCLUSIVE MODE";
}

void refuse_filled(Target& target, const std::vector<SourceTable>& tables) {
  for (const char* table : {"rooms", "streams", "users"})
    if (target.count(table) > 0)
      throw Unusable("the PostgreSQL database holds rooms or people already; give one that is empty");
  for (const SourceTable& table : tables)
    if (target.count(table.name) > 0)
      throw Unusable("the PostgreSQL database has rows in its table " + table.name +
                     " already; give one that is empty");
}

void expect_counts(Target& target, const Imported& imported) {
  for (const auto& [table, rows] : imported.tables)
    if (const std::uint64_t there = target.count(table); there != rows)
      throw Unusable(fmt::format("of {} rows of {} there are {} in PostgreSQL", rows, table, there));
}

Imported move_all(Source& source, Target& target) {
  soci::transaction transaction(target.session());  // undone unless it is committed
  const auto tables = tables_of(source.sql());
  have_to_itself(target, tables);
  refuse_filled(target, tables);
  (void)check_rooms(source.side());  // first: of damage PostgreSQL would name a line, and not the room
  Imported imported;
  for (const SourceTable& table : tables)
    imported.tables.emplace_back(table.name, copy_table(source.sql(), target.raw(), table));
  copy_meta(source.sql(), target.sql());
  expect_counts(target, imported);
  compare(source.side(), target.side());
  const Checked checked = check_rooms(target.side());
  imported.rooms = checked.rooms;
  imported.events = checked.events;
  transaction.commit();
  return imported;
}

// Empty, or one sentence why the folder has nothing to move. Brings its tables up to date, which takes the lock.
std::string prepare_source(const std::string& folder, Rng& rng) {
  std::error_code ignored;
  if (!fs::exists(file_in(folder), ignored))
    return fmt::format("The data folder {} cannot be used: there is no costage.db in it.", folder);
  const auto opened = open_sqlite(folder, rng);
  return opened ? std::string{} : opened.error();
}

}  // namespace

Result<Imported, std::string> import_to_postgres(const std::string& folder, const Secret& url, Rng& rng) try {
  if (auto sentence = prepare_source(folder, rng); !sentence.empty()) return fail(std::move(sentence));
  auto lock = FolderLock::take(folder);
  if (!lock) return fail(fmt::format("The data folder {} cannot be used: {}.", folder, lock.error()));
  if (const auto server = open_postgres(url, rng); !server) return fail(server.error());
  Source source(std::move(*lock), folder);
  Target target(url);
  return move_all(source, target);
} catch (const std::exception& error) {
  return fail("Nothing was moved: " + one_line(error.what()) + ".");
}

std::string report(const Imported& imported) {
  std::string out;
  for (const auto& [table, rows] : imported.tables) out += fmt::format("{:<20}{:>10}\n", table, rows);
  return out + fmt::format("{} rooms, {} events moved and checked.\n", imported.rooms, imported.events);
}

}  // namespace costage::storage
