// Webhooks of a LiveKit server, as they are posted to us: who they are from, and what they tell.
#pragma once

#include <livekit/webhook.pb.h>

#include <optional>
#include <string>
#include <vector>

#include "adapters/auth/token.hpp"
#include "adapters/http/server.hpp"
#include "adapters/livekit_api/webhook_signature.hpp"
#include "base/result.hpp"

namespace costage::livekit_client {

// Nothing: it is not the JSON of a webhook. What LiveKit has newly is left out.
[[nodiscard]] std::optional<livekit::WebhookEvent> parse_webhook(const std::string& body);

class WebhookReceiver {
 public:
  // Of each server that may send some.
  explicit WebhookReceiver(std::vector<auth::Keys> keys) : keys_(std::move(keys)) {}
  // The error is the answer that refuses it.
  [[nodiscard]] Result<livekit::WebhookEvent, http::Response> read(const http::Request& request, WallTime now) const;

 private:
  [[nodiscard]] livekit_api::Signed is_signed(const http::Request& request, WallTime now) const;

  std::vector<auth::Keys> keys_;
};

}  // namespace costage::livekit_client
