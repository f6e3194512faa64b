#include "adapters/storage/tables/room_table.hpp"

#include "adapters/storage/fields/room.hpp"
#include "adapters/storage/records.hpp"

namespace costage::storage {
namespace {

using namespace domain;
using soci::use;

const Columns& columns() {
  static const Columns all = columns_of<Room>();
  return all;
}

// Names of enum values are letters only, so they may stand in the SQL text.
std::string quoted(const std::vector<RoomStatus>& statuses) {
  std::string out;
  for (RoomStatus status : statuses) out += (out.empty() ? "'" : ", '") + std::string(name(status)) + "'";
  return out;
}

// A tag as it stands in the JSON text of a list: quotation marks inside of others are escaped there.
std::string quoted(const std::string& tag) {
  const std::string list = to_text({tag});
  return list.substr(1, list.size() - 2);
}

}  // namespace

std::optional<Room> RoomTable::find(const RoomId& room) {
  static const std::string query = "SELECT " + joined(columns()) + " FROM rooms WHERE room_id = :room";
  const Rows rows = (sql_.prepare << query, use(room.value()));
  for (const soci::row& row : rows) return read_record(room.value(), [&] { return row_from<Room>(row); });
  return {};
}

void RoomTable::put(const Room& room) {
  static const std::string query = upsert_sql("rooms", columns(), {"room_id"});
  execute(sql_, query, values_of(room));
}

app::Page<Room> RoomTable::list(const app::RoomFilter& filter, const app::PageRequest& page) {
  const PageSql sql = page_sql(filter.sort, page, "room_id");
  std::string where = sql.where;
  if (!filter.statuses.empty()) where += " AND status IN (" + quoted(filter.statuses) + ")";
  for (std::size_t i = 0; i < filter.tags.size(); ++i)
    where += " AND replace(tags, :tag" + std::to_string(i) + ", '') <> tags";
  const std::string query = "SELECT " + joined(columns()) + " FROM rooms WHERE " + where + sql.order;
  std::vector<std::string> tags;
  for (const std::string& tag : filter.tags) tags.push_back(quoted(tag));
  auto statement = (sql_.prepare << query, use(sql.created), use(sql.id));
  for (const std::string& tag : tags) statement, use(tag);
  const Rows rows = (statement, use(sql.limit));
  return page_of<Room>(rows, page.limit, health_);
}

std::vector<RoomId> RoomTable::open_after(const RoomId& after, std::size_t limit) {
  const Number count = static_cast<Number>(limit);
  const Rows rows = (sql_.prepare << R"sql(
SELECT room_id FROM rooms WHERE room_id > :after AND status IN ('idle', 'live', 'waitingReconnect')
ORDER BY room_id LIMIT :limit)sql",
                     use(after.value()), use(count));
  std::vector<RoomId> out;
  for (const soci::row& row : rows)
    use_record(row, health_, [&](const soci::row&, const std::string& id) { out.push_back(RoomId{id}); });
  return out;
}

}  // namespace costage::storage
