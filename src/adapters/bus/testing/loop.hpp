// A control loop for tests, on which nobody waits for ever.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

#include "adapters/bus/inbox.hpp"

namespace costage::bus::testing {

class Loop {
 public:
  [[nodiscard]] Post post() {
    return [this](auto f) {
      const std::lock_guard lock{mutex_};
      queue_.push_back(std::move(f));
      woken_.notify_one();
    };
  }
  // Runs what is posted until the condition holds, or false when that much time passed idly. What changes without a
  // post is looked at now and then.
  template <class Condition>
  [[nodiscard]] bool run_until(Condition condition, std::chrono::milliseconds at_most = std::chrono::seconds{20}) {
    for (auto left = at_most; !condition();) {
      if (left <= left.zero()) return false;
      if (!run_one()) left -= kLook;
    }
    return true;
  }
  void run_all() {
    while (run_one()) {
    }
  }
  [[nodiscard]] std::size_t waiting() {
    const std::lock_guard lock{mutex_};
    return queue_.size();
  }

 private:
  static constexpr std::chrono::milliseconds kLook{5};

  // False: nothing was posted for a moment.
  bool run_one() {
    std::unique_lock lock{mutex_};
    if (!woken_.wait_for(lock, kLook, [this] { return !queue_.empty(); })) return false;
    auto f = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    f();
    return true;
  }

  std::mutex mutex_;
  std::condition_variable woken_;
  std::deque<std::function<void()>> queue_;
};

}  // namespace costage::bus::testing
