// blocks: whom somebody does not want to meet on a stage.
#pragma once

#include "adapters/storage/health.hpp"
#include "adapters/storage/row.hpp"
#include "app/ports/stores.hpp"

namespace costage::storage {

class BlockTable final : public app::BlockStore {
 public:
  BlockTable(Sql& sql, Health& health) : sql_(sql), health_(health) {}

  void put(const app::Block& block) override;
  void remove(const domain::UserId& by, const domain::UserId& user) override;
  std::size_t count(const domain::UserId& by) override;
  bool has_any(const std::vector<domain::UserId>& by, const domain::UserId& user) override;
  app::Page<app::Block> list(const domain::UserId& by, const app::PageRequest& page) override;

 private:
  Sql& sql_;
  Health& health_;
};

}  // namespace costage::storage
