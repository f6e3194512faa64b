// How often somebody may do something: a fixed window for each of them, no clock of its own.
#pragma once

#include <chrono>
#include <map>
#include <string>

#include "base/time.hpp"

namespace costage {

class RateLimiter {
 public:
  static constexpr std::size_t kMaxWindows = 100'000;  // about 100 bytes each: 10 MB
  static constexpr std::chrono::seconds kWindow{60};

  explicit RateLimiter(unsigned per_window) : limit_(per_window) {}

  struct Verdict {
    bool allowed = true;
    unsigned limit = 0;
    unsigned remaining = 0;
    std::chrono::seconds reset{0};  // until the window ends
  };
  Verdict count(const std::string& who, WallTime now);

 private:
  struct Window {
    WallTime start;
    unsigned used = 0;
  };

  unsigned limit_;
  std::map<std::string, Window> windows_;
};

}  // namespace costage
