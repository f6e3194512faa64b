#include "adapters/storage/worker.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace costage::storage {

Worker::Worker(std::unique_ptr<Database> database, Post post)
    : database_(std::move(database)), post_(std::move(post)), thread_([this] { run(); }) {}

Worker::~Worker() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

bool Worker::submit(Work work, Done done) {
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() >= kMaxQueued) {
      ++counts_.refused;
      return false;
    }
    queue_.push_back({std::move(work), std::move(done)});
  }
  wake_.notify_one();
  return true;
}

WorkerCounts Worker::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

// While the database is in trouble, writing is tried: nobody may come to find out that it works again.
void Worker::wait_for_work(std::unique_lock<std::mutex>& lock) {
  const auto has_work = [this] { return ending_ || !queue_.empty(); };
  while (database_->health.trouble()) {
    if (wake_.wait_for(lock, kTryEvery, has_work)) return;
    lock.unlock();
    try_writing();
    lock.lock();
  }
  wake_.wait(lock, has_work);
}

void Worker::try_writing() {
  try {
    database_->try_writing();
    database_->health.wrote();
  } catch (const std::exception& error) {
    database_->health.failed(error);
  }
}

// Empty: the end.
std::vector<Unit> Worker::take() {
  std::unique_lock lock(mutex_);
  wait_for_work(lock);
  const auto count = static_cast<std::ptrdiff_t>(std::min(queue_.size(), kMaxTogether));
  std::vector<Unit> units(std::make_move_iterator(queue_.begin()), std::make_move_iterator(queue_.begin() + count));
  queue_.erase(queue_.begin(), queue_.begin() + count);
  counts_.units += units.size();
  if (!units.empty()) ++counts_.commits;
  return units;
}

void Worker::run() {
  for (auto units = take(); !units.empty(); units = take()) {
    auto results = run_together(*database_, units);
    answer(std::move(units), std::move(results));
  }
}

void Worker::answer(std::vector<Unit> units, std::vector<app::Commit> results) {
  post_([units = std::move(units), results = std::move(results)] {
    for (std::size_t i = 0; i < units.size(); ++i) units[i].done(results[i]);
  });
}

}  // namespace costage::storage
