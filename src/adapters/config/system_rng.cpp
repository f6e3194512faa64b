#include "adapters/config/system_rng.hpp"

#include <sys/random.h>

#include <utility>

#include "base/check.hpp"

namespace costage::config {

std::uint64_t SystemRng::next() {
  if (used_ == stock_.size()) {
    // Up to 256 bytes are given whole and without interruption (getrandom(2)).
    static_assert(sizeof stock_ <= 256);
    COSTAGE_CHECK(getrandom(stock_.data(), sizeof stock_, 0) == sizeof stock_, "the kernel gives random bytes");
    used_ = 0;
  }
  return std::exchange(stock_[used_++], 0);
}

}  // namespace costage::config
