#include "adapters/storage/tables/room_table.hpp"

#include "adapters/storage/fields/room.hpp"
#include "adapters/storage/records.hpp"

namespace costage::storage {
namespace {

using namespace domain;

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
  std::optional<Room> found;
  sql_.select(query, {value_of(room)},
              [&](const soci::row& row) { found = read_record(room.value(), [&] { return row_from<Room>(row); }); });
  return found;
}

void RoomTable::put(const Room& room) {
  static const std::string query = upsert_sql("rooms", columns(), {"room_id"});
  sql_.execute(query, values_of(room));
}

app::Page<Room> RoomTable::list(const app::RoomFilter& filter, const app::PageRequest& page) {
  Query query{"SELECT " + joined(columns()) + " FROM rooms WHERE " +
                  (filter.statuses.empty() ? "1 = 1" : "status IN (" + quoted(filter.statuses) + ")"),
              {}};
  for (const std::string& tag : filter.tags) {
    query.text += " AND replace(tags, :tag" + std::to_string(query.values.size()) + ", '') <> tags";
    query.values.emplace_back(quoted(tag));
  }
  return page_of<Room>(sql_, std::move(query), "room_id", filter.sort, page, health_);
}

std::vector<RoomId> RoomTable::open_after(const RoomId& after, std::size_t limit) {
  static const std::string query = R"sql(
SELECT room_id FROM rooms WHERE room_id > :after AND status IN ('idle', 'live', 'waitingReconnect')
ORDER BY room_id LIMIT :limit)sql";
  std::vector<RoomId> out;
  sql_.select(query, {value_of(after), static_cast<std::int64_t>(limit)}, [&](const soci::row& row) {
    use_record(row, health_, [&](const soci::row&, const std::string& id) { out.push_back(RoomId{id}); });
  });
  return out;
}

}  // namespace costage::storage
