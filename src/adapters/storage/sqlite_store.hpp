// app::Storage on SQLite (WAL, synchronous=FULL): one worker thread, group commit. The worker takes every unit of work
// that waits, runs each in a savepoint of one transaction, commits once (one fsync) and only then reports them all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "app/ports/store.hpp"
#include "base/result.hpp"

namespace costage::storage {

struct SqliteConfig {
  std::string path;                 // of the database file; its folder must be writable
  std::string new_history_epoch;    // random text, used only when the database is made
  std::size_t max_queue = 16'384;   // units of work; at ~1 KB each 16 MB
  std::size_t max_group = 512;      // units that share one commit
};

// Runs a function on the control loop, from the worker thread.
using Post = std::function<void(std::function<void()>)>;

class SqliteStore final : public app::Storage {
 public:
  // Opens or makes the database and brings its schema up to date. The error is one sentence for people.
  static Result<std::unique_ptr<SqliteStore>, std::string> open(SqliteConfig config, Post post);
  // Carries out what is queued, then closes; its answers are still posted.
  ~SqliteStore() override;

  [[nodiscard]] bool submit(Work work, Done done) override;

  [[nodiscard]] std::uint64_t refused() const;   // units refused because the queue was full
  [[nodiscard]] std::uint64_t commits() const;   // groups committed

 private:
  class Worker;
  explicit SqliteStore(std::unique_ptr<Worker> worker);
  std::unique_ptr<Worker> worker_;
};

}  // namespace costage::storage
