#include "adapters/storage/tables/node_table.hpp"

#include "adapters/storage/records.hpp"

namespace costage::storage {

// Who was away for longer than the lease begins anew, as the youngest.
void NodeTable::renew(const std::string& id, const std::string& url, std::chrono::seconds lease) {
  static const std::string now = kDatabaseTime;
  static const std::string query =
      "INSERT INTO nodes (node_id, url, started_at, alive_until) VALUES (:id, :url, " + now + ", " + now +
      " + :lease) ON CONFLICT (node_id) DO UPDATE SET url = excluded.url, alive_until = excluded.alive_until, "
      "started_at = CASE WHEN nodes.alive_until > " +
      now + " THEN nodes.started_at ELSE excluded.started_at END";
  sql_.execute(query, {id, url, std::int64_t{std::chrono::milliseconds{lease}.count()}});
  sql_.execute("DELETE FROM nodes WHERE alive_until < " + now + " - 3600000");
}

std::vector<app::Node> NodeTable::living() {
  static const std::string query = std::string("SELECT node_id, url, started_at FROM nodes WHERE alive_until > ") +
                                   kDatabaseTime + " ORDER BY started_at, node_id";
  std::vector<app::Node> out;
  sql_.select(query, {}, [&](const soci::row& row) {
    app::Node& node = out.emplace_back();
    read_record("a node", [&] {
      read(value_at(row, 0), node.id);
      read(value_at(row, 1), node.url);
      return read(value_at(row, 2), node.started_at), true;
    });
  });
  return out;
}

void NodeTable::remove(const std::string& id) { sql_.execute("DELETE FROM nodes WHERE node_id = :id", {id}); }

}  // namespace costage::storage
