#pragma once

#include "adapters/storage/row.hpp"
#include "app/ports/stores.hpp"

namespace costage::storage {

class WebhookTable final : public app::WebhookStore {
 public:
  explicit WebhookTable(Sql& sql) : sql_(sql) {}

  std::uint64_t append(const std::string& url, const std::string& body, WallTime made, std::size_t most) override;
  std::optional<app::KeptWebhook> oldest(const std::string& url) override;
  void remove(const std::string& url, const app::KeptWebhook& webhook) override;
  std::uint64_t give_up_before(const std::string& url, WallTime time) override;
  void forget_before(WallTime time) override;

 private:
  std::uint64_t next_number(const std::string& url);
  std::uint64_t lost(const std::string& url, Number count);

  Sql& sql_;
};

}  // namespace costage::storage
