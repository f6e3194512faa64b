#include "adapters/storage/tables/node_table.hpp"

#include "adapters/storage/records.hpp"

namespace costage::storage {

template <class F, Is<app::Node> O>
void fields(F& f, O& o) {
  f("id", "node_id", o.id);
  f("url", "url", o.url);
  f("startedAt", "started_at", o.started_at);
  f("carriesMedia", "carries_media", o.carries_media);
  f("draining", "draining", o.draining);
  f("headroom", "headroom", o.headroom);
  f("until", "alive_until", o.until);
}

// Who was away for longer than the lease begins anew, as the youngest.
void NodeTable::renew(const app::Node& node, std::chrono::seconds lease) {
  static const std::string now = kDatabaseTime;
  static const std::string query =
      "INSERT INTO nodes (node_id, url, carries_media, draining, headroom, started_at, alive_until) VALUES (:id, :url, "
      ":carries_media, :draining, :headroom, " +
      now + ", " + now +
      " + :lease) ON CONFLICT (node_id) DO UPDATE SET url = excluded.url, carries_media = excluded.carries_media, "
      "draining = excluded.draining, headroom = excluded.headroom, alive_until = excluded.alive_until, started_at = "
      "CASE WHEN nodes.alive_until > " +
      now + " THEN nodes.started_at ELSE excluded.started_at END";
  sql_.execute(query, {node.id, node.url, node.carries_media, node.draining, value_of(node.headroom),
                       std::int64_t{std::chrono::milliseconds{lease}.count()}});
  sql_.execute("DELETE FROM nodes WHERE alive_until < " + now + " - 3600000");
}

std::vector<app::Node> NodeTable::living() {
  static const std::string query = "SELECT " + joined(columns_of<app::Node>()) + " FROM nodes WHERE alive_until > " +
                                   kDatabaseTime + " ORDER BY started_at, node_id";
  std::vector<app::Node> out;
  sql_.select(query, {}, [&](const soci::row& row) {
    out.push_back(read_record("a node", [&] { return row_from<app::Node>(row); }));
  });
  return out;
}

void NodeTable::remove(const std::string& id) { sql_.execute("DELETE FROM nodes WHERE node_id = :id", {id}); }

}  // namespace costage::storage
