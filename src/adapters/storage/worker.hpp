// The storage worker: a thread that owns the database, and the bounded queue in front of it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "adapters/storage/group_commit.hpp"

namespace costage::storage {

struct WorkerCounts {
  std::uint64_t units = 0;
  std::uint64_t commits = 0;  // units / commits = how many share one
  std::uint64_t refused = 0;  // the queue was full
};

class Worker final : public app::Storage {
 public:
  static constexpr std::size_t kMaxQueued = 8192;  // about 1 kB each: 8 MB
  static constexpr std::size_t kMaxTogether = 256;

  static constexpr std::chrono::seconds kTryEvery{2};  // writing, while that fails

  // Runs a function on the control loop, in order.
  using Post = std::function<void(std::function<void()>)>;

  Worker(std::unique_ptr<Database> database, Post post);
  // Carries out what is queued, then ends. Answers are still posted.
  ~Worker() override;

  [[nodiscard]] bool submit(Work work, Done done) override;
  [[nodiscard]] std::optional<std::string> trouble() const override { return database_->health.trouble(); }
  [[nodiscard]] WorkerCounts counts() const;

 private:
  void run();
  std::vector<Unit> take();
  void wait_for_work(std::unique_lock<std::mutex>& lock);
  void try_writing();
  void answer(std::vector<Unit> units, std::vector<app::Commit> results);

  std::unique_ptr<Database> database_;  // the worker's thread only
  Post post_;
  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  std::deque<Unit> queue_;
  WorkerCounts counts_;
  bool ending_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace costage::storage
