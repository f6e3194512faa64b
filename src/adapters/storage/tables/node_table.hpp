// nodes: which nodes share this database, and until when they count as living. By the database's time.
#pragma once

#include "adapters/storage/sql.hpp"
#include "app/ports/stores.hpp"

namespace costage::storage {

class NodeTable final : public app::NodeStore {
 public:
  explicit NodeTable(Sql& sql) : sql_(sql) {}

  void renew(const app::Node& node, std::chrono::seconds lease) override;
  std::vector<app::Node> living() override;
  void remove(const std::string& id) override;

 private:
  Sql& sql_;
};

}  // namespace costage::storage
