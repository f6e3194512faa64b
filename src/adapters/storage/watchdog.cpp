#include "adapters/storage/watchdog.hpp"

#include <sys/socket.h>

#include <algorithm>

namespace costage::storage {

Watchdog::Watchdog(std::chrono::milliseconds patience) : patience_(patience), thread_([this] { run(); }) {}

Watchdog::~Watchdog() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Watchdog::watch(int socket) {
  const std::lock_guard lock(mutex_);
  until_[socket] = Clock::now() + patience_;
}

void Watchdog::calm(int socket) {
  const std::lock_guard lock(mutex_);
  until_.erase(socket);
}

// Looks a few times in the span of its patience: transactions come and go too often to be woken by each.
void Watchdog::run() {
  constexpr int kLooks = 10;
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, patience_ / kLooks, [this] { return ending_; })) {
    const auto now = Clock::now();
    for (auto at = until_.begin(); at != until_.end();) {
      if (at->second > now) {
        ++at;
        continue;
      }
      (void)::shutdown(at->first, SHUT_RDWR);  // whoever waits there hears that the connection ended
      at = until_.erase(at);
    }
  }
}

}  // namespace costage::storage
