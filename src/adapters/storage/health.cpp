#include "adapters/storage/health.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <spdlog/spdlog.h>

namespace costage::storage {
namespace {

// Primary result codes: https://www.sqlite.org/rescode.html
constexpr int kPrimaryCode = 0xff;

Cause cause_of_code(int code) {
  switch (code & kPrimaryCode) {
    case SQLITE_FULL:
      return Cause::disk_full;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return Cause::read_only;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Cause::busy;
    case SQLITE_IOERR:
      return Cause::disk_errors;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Cause::damaged;
    default:
      return Cause::other;
  }
}

// https://www.postgresql.org/docs/15/errcodes-appendix.html; none: the connection is gone.
Cause cause_of_state(const std::string& state) {
  const bool is_gone = state.find_first_not_of(' ') == std::string::npos || state.starts_with("08");
  if (is_gone || state.starts_with("57P") || state == "53300") return Cause::away;
  if (state == "53100") return Cause::disk_full;
  if (state == "25006" || state == "42501") return Cause::read_only;
  if (state == "58030") return Cause::disk_errors;
  if (state == "XX001" || state == "XX002") return Cause::damaged;
  return Cause::other;
}

std::string sentences(Cause cause) {
  switch (cause) {
    case Cause::disk_full:
      return "The database cannot be written: its disk is full. Make room; everything works again by itself then.";
    case Cause::read_only:
      return "The database cannot be written: its file or folder is read-only. Give this program the right to write; "
             "everything works again by itself then.";
    case Cause::disk_errors:
      return "The disk of the database reports errors. Look into the system's log, and make a backup.";
    case Cause::busy:
      return "Another program holds the database. End it: nothing else may write there.";
    case Cause::away:
      return "The PostgreSQL server does not answer. Everything works again by itself when it does.";
    case Cause::damaged:
      return "The database is damaged. Stop the program and put a backup in its place.";
    case Cause::other:
      break;
  }
  return "The database refuses what it is asked. The program's log says why.";
}

}  // namespace

Cause cause_of(const std::exception& error) {
  if (dynamic_cast<const Away*>(&error) != nullptr) return Cause::away;
  if (const auto* postgres = dynamic_cast<const soci::postgresql_soci_error*>(&error))
    return cause_of_state(postgres->sqlstate());
  if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error))
    return cause_of_code(sqlite->result());
  return Cause::other;
}

void Health::failed(const std::exception& error) {
  const Cause cause = cause_of(error);
  const std::lock_guard lock(mutex_);
  if (cause_ == Cause::damaged) return;
  if (cause_ && cause == Cause::other) return;  // what follows from the first
  cause_ = cause;
  trouble_ = sentences(cause);
  if (logged_.insert(cause).second) spdlog::error("{} ({})", trouble_, error.what());
}

void Health::found(const DamagedRecord& record) {
  const std::lock_guard lock(mutex_);
  if (records_.size() >= kMaxRecords || !records_.insert(record.what()).second) return;
  spdlog::error("The database holds a damaged record, which nobody can use: {}. A backup may have it.", record.what());
}

void Health::wrote() {
  const std::lock_guard lock(mutex_);
  if (!cause_ || cause_ == Cause::damaged) return;
  cause_.reset();
  logged_.clear();
  spdlog::info("The database can be written again.");
}

std::optional<std::string> Health::trouble() const {
  const std::lock_guard lock(mutex_);
  if (!cause_) return {};
  return trouble_;
}

}  // namespace costage::storage
