// Datagrams in order, in one block of memory that is kept between turns.
#pragma once

#include <cstddef>
#include <vector>

#include "base/bytes.hpp"

namespace costage::sfu {

class DatagramQueue {
 public:
  // Nobody sends more than a few flights or one SCTP burst per turn; beyond this, push() drops as a network would.
  static constexpr std::size_t kMaxBytes = 4 << 20;

  bool push(Bytes datagram) {
    if (block_.size() + datagram.size() > kMaxBytes) return false;
    block_.insert(block_.end(), datagram.begin(), datagram.end());
    ends_.push_back(block_.size());
    return true;
  }
  [[nodiscard]] bool empty() const { return ends_.empty(); }
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] Bytes operator[](std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return Bytes{block_}.subspan(begin, ends_[i] - begin);
  }
  void clear() {
    block_.clear();
    ends_.clear();
  }

 private:
  Buffer block_;
  std::vector<std::size_t> ends_;
};

}  // namespace costage::sfu
