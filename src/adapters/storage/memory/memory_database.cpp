#include "adapters/storage/memory/memory_database.hpp"

#include <stdexcept>

namespace costage::storage {

void MemoryDatabase::commit() {
  if (fail_commits) throw std::runtime_error("told to fail");
  log_.forget();
}

bool MemoryStorage::submit(Work work, Done done) {
  if (full) return false;
  queue_.push_back({std::move(work), std::move(done)});
  return true;
}

void MemoryStorage::run() {
  while (!queue_.empty()) {
    const std::vector<Unit> units(std::make_move_iterator(queue_.begin()), std::make_move_iterator(queue_.end()));
    queue_.clear();
    const auto results = run_together(database, units);
    for (std::size_t i = 0; i < units.size(); ++i) units[i].done(results[i]);
  }
}

}  // namespace costage::storage
