// Webhooks as LiveKit sends them: JSON, signed with a token whose claim `sha256` is the body's digest. In order and one
// at a time per URL, retried with growing pauses; a full queue drops the oldest and says how many (num_dropped).
#pragma once

#include <livekit/webhook.pb.h>

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/secret.hpp"

namespace costage::livekit_server {

class Webhooks {
 public:
  static constexpr std::size_t kMaxQueued = 100;  // per URL
  static constexpr int kAttempts = 5;

  // http:// and https:// URLs; another is reported once and left out. Certificates are checked against the system's.
  Webhooks(boost::asio::io_context& loop, const Clock& clock, const std::vector<std::string>& urls, std::string key_id,
           Secret secret);
  ~Webhooks();

  void send(const livekit::WebhookEvent& event);

 private:
  class Target;
  std::vector<std::shared_ptr<Target>> targets_;
};

// The value of the Authorization header for this body.
[[nodiscard]] std::string webhook_signature(const std::string& body, const std::string& key_id, const Secret& secret,
                                            WallTime now);

}  // namespace costage::livekit_server
