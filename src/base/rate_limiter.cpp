#include "base/rate_limiter.hpp"

namespace costage {

RateLimiter::Verdict RateLimiter::count(const std::string& who, WallTime now) {
  if (windows_.size() >= kMaxWindows)
    std::erase_if(windows_, [&](const auto& entry) { return now >= entry.second.start + kWindow; });
  if (windows_.size() >= kMaxWindows) windows_.clear();
  Window& window = windows_.try_emplace(who, Window{now, 0}).first->second;
  if (now >= window.start + kWindow || now < window.start) window = {now, 0};

  const bool allowed = window.used < limit_;
  if (allowed) ++window.used;
  const auto left = std::chrono::ceil<std::chrono::seconds>(window.start + kWindow - now);
  return {allowed, limit_, limit_ - window.used, left};
}

}  // namespace costage
