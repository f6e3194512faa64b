#include "adapters/api_v1/rate_limiter.hpp"

namespace costage::api_v1 {

RateLimiter::Verdict RateLimiter::count(const std::string& user, WallTime now) {
  if (windows_.size() >= kMaxUsers)
    std::erase_if(windows_, [&](const auto& entry) { return now >= entry.second.start + kWindow; });
  if (windows_.size() >= kMaxUsers) windows_.clear();
  Window& window = windows_.try_emplace(user, Window{now, 0}).first->second;
  if (now >= window.start + kWindow || now < window.start) window = {now, 0};

  const bool allowed = window.used < limit_;
  if (allowed) ++window.used;
  const auto left = std::chrono::ceil<std::chrono::seconds>(window.start + kWindow - now);
  return {allowed, limit_, limit_ - window.used, left};
}

}  // namespace costage::api_v1
