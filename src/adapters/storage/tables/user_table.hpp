#pragma once

#include "adapters/storage/row.hpp"
#include "app/ports/stores.hpp"

namespace costage::storage {

class UserTable final : public app::UserStore {
 public:
  explicit UserTable(Sql& sql) : sql_(sql) {}

  std::optional<app::User> find(const domain::UserId& id) override;
  void put(const app::User& user) override;
  void set_takes_invitations(const domain::UserId& id, bool on) override;

 private:
  Sql& sql_;
};

}  // namespace costage::storage
