// pictures: what stands for shows in lists.
#pragma once

#include "adapters/storage/row.hpp"
#include "app/ports/stores.hpp"

namespace costage::storage {

class PictureTable final : public app::PictureStore {
 public:
  explicit PictureTable(Sql& sql) : sql_(sql) {}

  std::optional<domain::Picture> find(const domain::RoomId& room, domain::PictureKind kind) override;
  void put(const domain::Picture& picture) override;
  void remove(const domain::RoomId& room, domain::PictureKind kind) override;

 private:
  Sql& sql_;
};

}  // namespace costage::storage
