// app::Storage without a disk: the same behaviour as SqliteStore, kept in maps. For tests and simulations; `run()`
// stands for the worker, `fail_next_commit()` for a disk that refuses.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <string>

#include "app/ports/store.hpp"

namespace costage::storage {

class MemoryStore final : public app::Storage {
 public:
  explicit MemoryStore(std::string history_epoch, std::size_t max_queue = 16'384);
  ~MemoryStore() override;

  [[nodiscard]] bool submit(Work work, Done done) override;

  // Runs what is queued, in order, then reports it. Work that the reports submit waits for the next run. Gives how many.
  std::size_t run();
  void fail_next_commit() { fail_next_commit_ = true; }

 private:
  struct Tables;
  class MemoryTransaction;
  struct Unit {
    Work work;
    Done done;
  };

  std::unique_ptr<Tables> tables_;
  std::deque<Unit> queue_;
  std::size_t max_queue_;
  bool fail_next_commit_ = false;
};

}  // namespace costage::storage
