// answers: what was made under which Idempotency-Key.
#pragma once

#include "adapters/storage/row.hpp"
#include "app/ports/stores.hpp"

namespace costage::storage {

class AnswerTable final : public app::AnswerStore {
 public:
  explicit AnswerTable(Sql& sql) : sql_(sql) {}

  std::optional<app::IdempotencyRecord> find(const domain::UserId& user, const std::string& key) override;
  void put(const app::IdempotencyRecord& record) override;
  void forget_before(WallTime time) override;

 private:
  Sql& sql_;
};

}  // namespace costage::storage
