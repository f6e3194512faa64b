// The outbox of webhooks, in storage.
#pragma once

#include "app/ports/storage.hpp"
#include "app/ports/webhook_outbox.hpp"

namespace costage::app {

class Webhooks final : public WebhookOutbox {
 public:
  explicit Webhooks(Storage& storage) : storage_(storage) {}

  void append(const std::string& url, std::string body, WallTime made,
              std::function<void(std::optional<std::uint64_t>)> done) override;
  void next(const std::string& url, WallTime now, std::function<void(NextWebhook)> done) override;
  void delivered(const std::string& url, const KeptWebhook& webhook, std::function<void(bool)> done) override;

 private:
  Storage& storage_;
};

}  // namespace costage::app
