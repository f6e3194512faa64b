// Sequence numbers without wrap: each 16-bit value is taken as the nearest one to the highest seen so far.
#pragma once

#include <algorithm>
#include <cstdint>

namespace costage::sfu {

class SequenceUnwrapper {
 public:
  std::int64_t unwrap(std::uint16_t value) {
    const std::int64_t out = near(value);
    highest_ = started_ ? std::max(highest_, out) : out;
    started_ = true;
    return out;
  }
  // The same without remembering it.
  [[nodiscard]] std::int64_t near(std::uint16_t value) const {
    if (!started_) return kStart + value;
    return highest_ +
           static_cast<std::int16_t>(static_cast<std::uint16_t>(value - static_cast<std::uint16_t>(highest_)));
  }
  [[nodiscard]] std::int64_t highest() const { return highest_; }
  [[nodiscard]] bool started() const { return started_; }

 private:
  static constexpr std::int64_t kStart = 1 << 16;  // so that packets before the first stay positive
  std::int64_t highest_ = 0;
  bool started_ = false;
};

}  // namespace costage::sfu
