#pragma once

#include "adapters/storage/row.hpp"
#include "app/ports/stores.hpp"

namespace costage::storage {

class RevocationTable final : public app::RevocationStore {
 public:
  explicit RevocationTable(Sql& sql) : sql_(sql) {}

  void put(const app::Revocation& revocation) override;
  std::vector<app::Revocation> latest(std::size_t limit) override;
  void forget_before(WallTime time) override;

 private:
  Sql& sql_;
};

}  // namespace costage::storage
