#include "adapters/storage/sqlite.hpp"

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <filesystem>
#include <system_error>

#include "adapters/storage/schema.hpp"
#include "adapters/storage/sql_store.hpp"

namespace costage::storage {
namespace {

namespace fs = std::filesystem;

class Sqlite final : public Database {
 public:
  explicit Sqlite(const std::string& file) : sql_(soci::sqlite3, "dbname=\"" + file + "\" timeout=2"), store_(sql_) {
    // One program per folder; leases in memory would not know of a second one's writes.
    sql_ << "PRAGMA locking_mode = EXCLUSIVE";
    sql_ << "PRAGMA foreign_keys = ON";
    std::string mode;
    sql_ << "PRAGMA journal_mode = WAL", soci::into(mode);
    sql_ << "PRAGMA synchronous = FULL";
  }

  void bring_up_to_date(Rng& rng) {
    begin();
    long long version = 0;
    sql_ << "PRAGMA user_version", soci::into(version);
    if (version > kSchema.back().version) throw std::runtime_error("it was written by a newer version of costage");
    for (const SchemaStep& step : kSchema)
      if (step.version > version) run(step);
    if (version == 0) name_histories(rng);
    commit();
  }

  void begin() override { sql_ << "BEGIN IMMEDIATE"; }
  void commit() override { sql_ << "COMMIT"; }
  void rollback() override { sql_ << "ROLLBACK"; }
  void open_savepoint() override { sql_ << "SAVEPOINT unit"; }
  void keep_savepoint() override { sql_ << "RELEASE unit"; }
  void undo_savepoint() override {
    sql_ << "ROLLBACK TO unit";
    sql_ << "RELEASE unit";
  }
  app::Transaction& transaction() override { return store_; }

 private:
  void run(const SchemaStep& step) {
    std::string_view rest = step.sql;
    for (auto end = rest.find(';'); end != std::string_view::npos; end = rest.find(';')) {
      sql_ << std::string(rest.substr(0, end));
      rest.remove_prefix(end + 1);
    }
    sql_ << "PRAGMA user_version = " + std::to_string(step.version);
  }

  void name_histories(Rng& rng) {
    const std::string epoch = rng.text(12);
    sql_ << "INSERT INTO meta (name, value) VALUES ('history_epoch', :epoch)", soci::use(epoch);
  }

  soci::session sql_;
  SqlStore store_;
};

std::string sentence(const std::string& folder, const std::string& why) {
  return "The data folder " + folder + " cannot be used: " + why + ".";
}

std::string why(const soci::soci_error& error) {
  const std::string text = error.what();
  if (text.find("locked") != std::string::npos) return "another program is using it";
  if (text.find("readonly") != std::string::npos || text.find("unable to open") != std::string::npos)
    return "it is not writable";
  return text;
}

}  // namespace

Result<std::unique_ptr<Database>, std::string> open_sqlite(const std::string& folder, Rng& rng) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return fail(sentence(folder, error.message()));
  if (folder.find('"') != std::string::npos) return fail(sentence(folder, "its name has a quotation mark"));
  try {
    auto database = std::make_unique<Sqlite>((fs::path(folder) / "costage.db").string());
    database->bring_up_to_date(rng);
    return database;
  } catch (const soci::soci_error& e) {
    return fail(sentence(folder, why(e)));
  } catch (const std::exception& e) {
    return fail(sentence(folder, e.what()));
  }
}

}  // namespace costage::storage
