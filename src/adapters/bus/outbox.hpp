// What waits to be sent. Bounded: what does not fit is refused, because nobody waits for the bus. Its owner guards it.
#pragma once

#include <algorithm>
#include <deque>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "adapters/bus/limits.hpp"

namespace costage::bus {

struct Outgoing {
  std::string subject, bytes;
};

class Outbox {
 public:
  [[nodiscard]] bool push(Outgoing message) {
    const std::size_t size = message.bytes.size();
    if (size > kMaxMessage || queue_.size() >= kMaxWaiting || bytes_ + size > kMaxWaitingBytes) return false;
    bytes_ += size;
    queue_.push_back(std::move(message));
    return true;
  }
  // The oldest, at most kMaxTogether.
  [[nodiscard]] std::vector<Outgoing> take() {
    const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(std::min(queue_.size(), kMaxTogether));
    std::vector<Outgoing> messages(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
    queue_.erase(queue_.begin(), end);
    for (const Outgoing& message : messages) bytes_ -= message.bytes.size();
    return messages;
  }
  // How many there were.
  std::size_t clear() {
    bytes_ = 0;
    return std::exchange(queue_, {}).size();
  }
  [[nodiscard]] bool empty() const { return queue_.empty(); }

 private:
  std::deque<Outgoing> queue_;
  std::size_t bytes_ = 0;
};

}  // namespace costage::bus
