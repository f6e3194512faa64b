#include "adapters/storage/tables/run_of_show_table.hpp"

#include "adapters/storage/fields/run_of_show.hpp"
#include "adapters/storage/records.hpp"

namespace costage::storage {

using namespace domain;

namespace {

void put_item(Sql& sql, const RoomId& room, std::uint64_t position, const RunOfShowItem& item) {
  static const std::string query = [] {
    Columns all = columns_of<RunOfShowItem>();
    all.insert(all.end(), {"room_id", "position"});
    return upsert_sql("run_of_show_items", all, {"room_id", "position"});
  }();
  Values values = values_of(item);
  values.push_back(value_of(room));
  values.push_back(value_of(position));
  sql.execute(query, values);
}

}  // namespace

RunOfShow RunOfShowTable::load(const RoomId& room) {
  static const std::string query = "SELECT " + joined(columns_of<RunOfShowItem>()) +
                                   " FROM run_of_show_items WHERE room_id = :room ORDER BY position";
  RunOfShow out;
  const Values of_room{value_of(room)};
  sql_.select(query, of_room, [&](const soci::row& row) {
    out.items.push_back(read_record(room.value(), [&] { return row_from<RunOfShowItem>(row); }));
  });
  sql_.select("SELECT current_item FROM run_of_shows WHERE room_id = :room", of_room, [&](const soci::row& row) {
    read_record(room.value(), [&] { return read(value_at(row, 0), out.current), true; });
  });
  return out;
}

void RunOfShowTable::save(const RoomId& room, const RunOfShow& before, const RunOfShow& after) {
  static const std::string query = upsert_sql("run_of_shows", {"room_id", "current_item"}, {"room_id"});
  if (before.current != after.current) sql_.execute(query, {value_of(room), value_of(after.current)});
  if (before.items == after.items) return;
  sql_.execute("DELETE FROM run_of_show_items WHERE room_id = :room", {value_of(room)});
  for (std::uint64_t i = 0; i < after.items.size(); ++i) put_item(sql_, room, i, after.items[i]);
}

}  // namespace costage::storage
