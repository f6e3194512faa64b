// Webhooks as LiveKit sends them: JSON, signed with a token whose claim `sha256` is the body's digest. Kept in an
// outbox until they are delivered: in order and one at a time per URL, tried again with growing pauses, given up after
// a day. What was dropped or given up is told with the next (num_dropped).
#pragma once

#include <livekit/webhook.pb.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "app/ports/webhook_outbox.hpp"
#include "base/clock.hpp"
#include "base/secret.hpp"

namespace costage::livekit_server {

// How long to wait between the attempts of one outage.
class RetryPace {
 public:
  static constexpr std::chrono::seconds kFirst{1};
  static constexpr std::chrono::seconds kLongest{300};

  std::chrono::seconds after_failure() {
    const std::chrono::seconds pause = next_;
    next_ = std::min(2 * next_, kLongest);
    return pause;
  }
  void after_success() { next_ = kFirst; }

 private:
  std::chrono::seconds next_ = kFirst;
};

class Webhooks {
 public:
  // http:// and https:// URLs; another is reported once and left out.
  Webhooks(boost::asio::io_context& loop, const Clock& clock, const std::vector<std::string>& urls, std::string key_id,
           Secret secret);
  ~Webhooks();

  // Before the first send(). Delivers what an earlier run has left there.
  void start(app::WebhookOutbox& outbox);
  void send(const livekit::WebhookEvent& event);

 private:
  class Target;
  std::vector<std::shared_ptr<Target>> targets_;
};

}  // namespace costage::livekit_server
