#include "adapters/storage/sqlite.hpp"

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <filesystem>
#include <system_error>

#include "adapters/storage/folder_lock.hpp"
#include "adapters/storage/schema_steps.hpp"
#include "adapters/storage/sql_transaction.hpp"
#include "adapters/storage/unusable.hpp"

namespace costage::storage {
namespace {

namespace fs = std::filesystem;

constexpr long long kApplicationId = 0x636f7374;  // "cost", in the header of our files

constexpr const char* kDamaged =
    "its database is damaged. Put a backup of costage.db in its place, or move the file away to begin anew";

class Sqlite final : public Database {
 public:
  Sqlite(FolderLock lock, const std::string& file)
      : lock_(std::move(lock)),
        sql_(soci::sqlite3, "dbname=\"" + file + "\" timeout=2"),
        kept_(sql_),
        transaction_(kept_, health) {
    // Also against programs that know nothing of our lock.
    sql_ << "PRAGMA locking_mode = EXCLUSIVE";
    check_file();
    sql_ << "PRAGMA foreign_keys = ON";
    std::string mode;
    sql_ << "PRAGMA journal_mode = WAL", soci::into(mode);
    sql_ << "PRAGMA synchronous = FULL";
  }

  void bring_up_to_date(Rng& rng) {
    begin();
    const long long version = number("PRAGMA user_version");
    const Dialect as_it_stands{[](std::string statement) { return statement; }, false};
    run_steps(sql_, version, as_it_stands, rng);
    if (version != kSchema.back().version) sql_ << "PRAGMA user_version = " + std::to_string(kSchema.back().version);
    if (number("PRAGMA application_id") != kApplicationId)
      sql_ << "PRAGMA application_id = " + std::to_string(kApplicationId);
    commit();
    // The tables themselves are text in the file, which quick_check does not read.
    if (!has_our_tables(sql_)) throw Unusable(kDamaged);
  }

  void begin() override { kept_.execute("BEGIN IMMEDIATE"); }
  void commit() override {
    kept_.execute("COMMIT");
    transaction_.committed();
  }
  void rollback() override {
    transaction_.undone();
    kept_.execute("ROLLBACK");
  }
  void open_savepoint() override { kept_.execute("SAVEPOINT unit"); }
  void keep_savepoint() override { kept_.execute("RELEASE unit"); }
  void undo_savepoint() override {
    transaction_.undone();
    kept_.execute("ROLLBACK TO unit");
    kept_.execute("RELEASE unit");
  }
  app::Transaction& transaction() override { return transaction_; }
  void forget() override { transaction_.forget(); }

  void try_writing() override {
    constexpr std::size_t kLikeARequest = 64 * 1024;
    const std::string text(kLikeARequest, '-');
    sql_ << "INSERT OR REPLACE INTO meta (name, value) VALUES ('written to see whether it works', :text)",
        soci::use(text);
    sql_ << "DELETE FROM meta WHERE name = 'written to see whether it works'";
  }

 private:
  // Reads only: a file of somebody else stays as it was.
  void check_file() {
    const long long application = number("PRAGMA application_id"), version = number("PRAGMA user_version");
    const bool empty = number("SELECT count(*) FROM sqlite_master") == 0;
    if (empty && version == 0) return;
    const bool has_meta = number("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'meta'") == 1;
    if ((application != 0 && application != kApplicationId) || version == 0 || !has_meta)
      throw Unusable("its costage.db is a database of another program");
    refuse_newer(version);
    std::string answer;
    sql_ << "PRAGMA quick_check(1)", soci::into(answer);
    if (answer != "ok" || transaction_.history().epoch().empty()) throw Unusable(kDamaged);
  }

  long long number(const std::string& query) {
    long long out = 0;
    sql_ << query, soci::into(out);
    return out;
  }

  FolderLock lock_;
  soci::session sql_;
  Sql kept_;
  SqlTransaction transaction_;
};

std::string sentence(const std::string& folder, const std::string& why) {
  return "The data folder " + folder + " cannot be used: " + why + ".";
}

std::string why(const soci::soci_error& error) {
  switch (cause_of(error)) {
    case Cause::busy:
      return "another program is using its database";
    case Cause::disk_full:
      return "its disk is full";
    case Cause::read_only:
      return "it is not writable";
    case Cause::damaged:
      return kDamaged;
    default:
      return error.what();
  }
}

}  // namespace

Result<std::unique_ptr<Database>, std::string> open_sqlite(const std::string& folder, Rng& rng) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return fail(sentence(folder, error.message()));
  if (folder.find('"') != std::string::npos) return fail(sentence(folder, "its name has a quotation mark"));
  auto lock = FolderLock::take(folder);
  if (!lock) return fail(sentence(folder, lock.error()));
  try {
    auto database = std::make_unique<Sqlite>(std::move(*lock), (fs::path(folder) / "costage.db").string());
    database->bring_up_to_date(rng);
    return database;
  } catch (const soci::soci_error& e) {
    return fail(sentence(folder, why(e)));
  } catch (const std::exception& e) {
    return fail(sentence(folder, e.what()));
  }
}

}  // namespace costage::storage
