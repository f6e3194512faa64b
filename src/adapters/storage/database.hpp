// One connection to a database, used by one thread: a transaction with savepoints, and what a unit of work sees.
#pragma once

#include "adapters/storage/health.hpp"
#include "app/ports/storage.hpp"

namespace costage::storage {

// Failures of the database are exceptions (std::exception); group_commit.hpp turns them into Commit::failed, a
// DamagedRecord into Commit::damaged and a LostRace into Commit::lost_race.
class Database {
 public:
  virtual ~Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void rollback() = 0;
  virtual void open_savepoint() = 0;
  virtual void keep_savepoint() = 0;
  virtual void undo_savepoint() = 0;
  virtual app::Transaction& transaction() = 0;
  // Writes about as much as people's requests do, to see whether that works. In a transaction of its own.
  virtual void try_writing() = 0;
  // What it remembers of rooms is read anew: for tests of what is stored.
  virtual void forget() {}
  // Whether this error says that another writer was faster.
  [[nodiscard]] virtual bool is_lost_race(const std::exception&) const { return false; }

 protected:
  Database() : health(own_health_) {}
  // Several connections to one database know the same of it.
  explicit Database(Health& shared) : health(shared) {}

 private:
  Health own_health_;

 public:
  Health& health;
};

}  // namespace costage::storage
