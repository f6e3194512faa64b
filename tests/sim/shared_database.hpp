// The one database that all nodes write to, and the troubles it has.
#pragma once

#include "adapters/storage/memory/memory_database.hpp"
#include "ledger.hpp"
#include "world.hpp"

namespace costage::sim {

class SharedDatabase {
 public:
  explicit SharedDatabase(World& world) : world_(world), ledger_(world, memory) {
    memory.history().conceals_touched = world.planted(Plant::deaf);
  }

  // Everything fails until then.
  void go_away(milliseconds time) { away_until_ = world_.now() + time; }
  // Nothing moves until then.
  void stall(milliseconds time) { stalled_until_ = world_.now() + time; }
  [[nodiscard]] bool is_away() const { return world_.now() < away_until_ && !world_.is_calm(); }
  [[nodiscard]] milliseconds stalled() const {
    return world_.is_calm() || stalled_until_ < world_.now() ? milliseconds{0} : stalled_until_ - world_.now();
  }

  // In one transaction.
  std::vector<app::Commit> run(const std::vector<storage::Unit>& units) {
    memory.now = world_.now();
    auto results = storage::run_together(memory, units);
    ledger_.read();
    return results;
  }
  // The same, and then the commit fails.
  std::vector<app::Commit> run_in_vain(const std::vector<storage::Unit>& units) {
    memory.fail_commits = true;
    auto results = run(units);
    memory.fail_commits = false;
    return results;
  }
  [[nodiscard]] const Ledger& ledger() const { return ledger_; }

  storage::MemoryDatabase memory;

 private:
  World& world_;
  Ledger ledger_;
  WallTime away_until_, stalled_until_;
};

}  // namespace costage::sim
