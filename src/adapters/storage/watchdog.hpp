// Ends connections that do not answer: libpq waits for ever for a server that is stopped, or cut off without a word.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace costage::storage {

class Watchdog {
 public:
  explicit Watchdog(std::chrono::milliseconds patience);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  // From now on this socket has so long until calm(). The caller closes it only after calm().
  void watch(int socket);
  void calm(int socket);

 private:
  using Clock = std::chrono::steady_clock;
  void run();

  const std::chrono::milliseconds patience_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  std::map<int, Clock::time_point> until_;
  bool ending_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace costage::storage
