// Randomness from the kernel, for secrets. One object per thread.
#pragma once

#include <array>

#include "base/rng.hpp"

namespace costage::config {

class SystemRng final : public Rng {
 public:
  std::uint64_t next() override;

 private:
  std::array<std::uint64_t, 32> stock_{};  // one call of the kernel gives 32 numbers
  std::size_t used_ = 32;
};

}  // namespace costage::config
