// Randomness from the kernel (getrandom), a block at a time: for ids, ICE credentials, everything that must not be
// guessed. One per thread.
#pragma once

#include <sys/random.h>

#include <array>
#include <cstdint>

#include "base/check.hpp"
#include "base/rng.hpp"

namespace costage::config {

class SystemRng final : public Rng {
 public:
  std::uint64_t next() override {
    if (at_ == block_.size()) refill();
    return block_[at_++];
  }

 private:
  void refill() {
    // At most 256 bytes come in one piece (getrandom(2)).
    const auto size = static_cast<ssize_t>(sizeof block_);
    COSTAGE_CHECK(getrandom(block_.data(), sizeof block_, 0) == size, "the kernel gives random bytes");
    at_ = 0;
  }

  std::array<std::uint64_t, 32> block_{};
  std::size_t at_ = block_.size();
};

}  // namespace costage::config
