// A control loop for tests: functions posted from any thread run where run_until() is called.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

namespace costage::storage::testing {

class Loop {
 public:
  void post(std::function<void()> f) {
    {
      const std::lock_guard lock{mutex_};
      queue_.push_back(std::move(f));
    }
    woken_.notify_one();
  }
  // Runs what is posted, waiting for more, until the condition holds.
  template <class Condition>
  void run_until(Condition condition) {
    while (!condition()) {
      std::unique_lock lock{mutex_};
      woken_.wait(lock, [this] { return !queue_.empty(); });
      auto f = std::move(queue_.front());
      queue_.pop_front();
      lock.unlock();
      f();
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable woken_;
  std::deque<std::function<void()>> queue_;
};

}  // namespace costage::storage::testing
