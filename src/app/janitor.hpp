// Forgets what is kept for a time only.
#pragma once

#include <chrono>
#include <optional>

#include "app/ports/storage.hpp"
#include "domain/limits.hpp"

namespace costage::app {

class Janitor {
 public:
  explicit Janitor(Storage& storage) : storage_(storage) {}

  void on_time(WallTime now) {
    if (next_ && now < *next_) return;
    next_ = now + kEvery;
    // A full queue: the next turn comes soon enough.
    (void)storage_.submit(
        [now](Transaction& tx) {
          tx.answers().forget_before(now - domain::limits::kIdempotencyKept);
          tx.revocations().forget_before(now - domain::limits::kRevocationsKept);
          // Whoever delivers gives up first, and says so.
          tx.webhooks().forget_before(now - 2 * domain::limits::kWebhooksKept);
          return true;
        },
        [](Commit) {});
  }
  [[nodiscard]] std::optional<WallTime> next_wake() const { return next_; }

 private:
  static constexpr std::chrono::minutes kEvery{10};

  Storage& storage_;
  std::optional<WallTime> next_;
};

}  // namespace costage::app
