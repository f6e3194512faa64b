// A SQLite database in a folder of its own that goes with it.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "adapters/storage/sqlite.hpp"
#include "base/check.hpp"

namespace costage::storage {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "costage-test-XXXXXX").string();
    COSTAGE_CHECK(mkdtemp(pattern.data()) != nullptr, "tests need a writable temporary folder");
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class TemporaryDatabase final : public Database {
 public:
  TemporaryDatabase() {
    SeededRng rng(1);
    auto opened = open_sqlite(folder_.path(), rng);
    COSTAGE_CHECK(opened, "a new folder can be used");
    database_ = std::move(*opened);
  }
  void begin() override { database_->begin(); }
  void commit() override { database_->commit(); }
  void rollback() override { database_->rollback(); }
  void open_savepoint() override { database_->open_savepoint(); }
  void keep_savepoint() override { database_->keep_savepoint(); }
  void undo_savepoint() override { database_->undo_savepoint(); }
  app::Transaction& transaction() override { return database_->transaction(); }
  void try_writing() override { database_->try_writing(); }
  void forget() override { database_->forget(); }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<Database> database_;
};

inline std::unique_ptr<Database> make_temporary_database() { return std::make_unique<TemporaryDatabase>(); }

}  // namespace costage::storage
