// What other servers are told of this one, kept until it is delivered: in order for each URL, at least once.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/time.hpp"

namespace costage::app {

struct KeptWebhook {
  std::uint64_t number = 0;  // counts up for each URL
  std::string body;
  WallTime made;
  std::uint64_t lost_before = 0;  // dropped or given up since the last one that was delivered
  bool operator==(const KeptWebhook&) const = default;
};

struct NextWebhook {
  bool ok = false;  // storage could be read
  std::optional<KeptWebhook> webhook;
  std::uint64_t given_up = 0;  // older ones, a moment ago
};

class WebhookOutbox {
 public:
  virtual ~WebhookOutbox() = default;
  // `done` after the commit, with how many of the oldest had to make room; nothing: it could not be written.
  virtual void append(const std::string& url, std::string body, WallTime made,
                      std::function<void(std::optional<std::uint64_t> dropped)> done) = 0;
  // The oldest that waits, after those too old at `now` were given up.
  virtual void next(const std::string& url, WallTime now, std::function<void(NextWebhook)> done) = 0;
  // It need not be kept any more. False: that could not be written.
  virtual void delivered(const std::string& url, const KeptWebhook& webhook, std::function<void(bool)> done) = 0;
};

}  // namespace costage::app
