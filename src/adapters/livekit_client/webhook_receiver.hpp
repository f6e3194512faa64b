// Webhooks of a LiveKit server, as they are posted to us: who they are from, and what they tell.
#pragma once

#include <livekit/webhook.pb.h>

#include "adapters/auth/token.hpp"
#include "adapters/http/server.hpp"
#include "base/result.hpp"

namespace costage::livekit_client {

class WebhookReceiver {
 public:
  explicit WebhookReceiver(auth::Keys keys) : keys_(std::move(keys)) {}
  // The error is the answer that refuses it.
  [[nodiscard]] Result<livekit::WebhookEvent, http::Response> read(const http::Request& request, WallTime now) const;

 private:
  auth::Keys keys_;
};

}  // namespace costage::livekit_client
