// requests: all of them, those that their room holds in mind marked `held`.
#pragma once

#include "adapters/storage/health.hpp"
#include "adapters/storage/row.hpp"
#include "app/ports/stores.hpp"

namespace costage::storage {

class RequestTable final : public app::RequestStore {
 public:
  RequestTable(Sql& sql, Health& health) : sql_(sql), health_(health) {}

  domain::Requests load(const domain::RoomId& room);
  // Writes the rows that the events changed.
  void save(const domain::RoomState& before, const domain::RoomState& after, const domain::Events& events);

  std::optional<domain::StageRequest> find(const domain::RequestId& id) override;
  std::optional<domain::StageRequest> newest_of(const domain::RoomId& room, const domain::UserId& user) override;
  app::Page<domain::StageRequest> list(const app::RequestFilter& filter, const app::PageRequest& page) override;

 private:
  Sql& sql_;
  Health& health_;
};

}  // namespace costage::storage
