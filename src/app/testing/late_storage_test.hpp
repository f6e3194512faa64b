// Storage whose commits come when the test says so: several acts meet in one group, answers come late or, when the
// program is killed, never.
#pragma once

#include <algorithm>
#include <deque>
#include <iterator>
#include <utility>
#include <vector>

#include "adapters/storage/memory/memory_database.hpp"

namespace costage::app::testing {

class LateStorage final : public Storage {
 public:
  [[nodiscard]] bool submit(Work work, Done done) override {
    if (full) return false;
    queue_.push_back({std::move(work), std::move(done)});
    return true;
  }
  [[nodiscard]] std::optional<std::string> trouble() const override { return {}; }

  // One group of at most so many units, answered.
  void commit(std::size_t most) {
    const auto units = take(most);
    const auto results = run_together(database, units);
    for (std::size_t i = 0; i < units.size(); ++i) units[i].done(results[i]);
  }
  // Until nothing waits, also what the answers submit.
  void run() {
    while (!queue_.empty()) commit(queue_.size());
  }
  // The program ends here: so many units are committed and nobody hears of it, the rest never happens.
  void kill(std::size_t most) {
    run_together(database, take(most));
    queue_.clear();
  }
  [[nodiscard]] std::size_t waiting() const { return queue_.size(); }

  storage::MemoryDatabase database;
  bool full = false;

 private:
  std::vector<storage::Unit> take(std::size_t most) {
    const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(std::min(most, queue_.size()));
    std::vector<storage::Unit> out(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
    queue_.erase(queue_.begin(), end);
    return out;
  }
  std::deque<storage::Unit> queue_;
};

}  // namespace costage::app::testing
