#include "adapters/storage/tables/egress_table.hpp"

#include "adapters/storage/fields/egress.hpp"
#include "adapters/storage/records.hpp"

namespace costage::storage {

using namespace domain;

namespace {

void put_row(Sql& sql, const RoomId& room, std::uint64_t position, const Egress& egress) {
  static const std::string query = [] {
    Columns all = columns_of<Egress>();
    all.insert(all.end(), {"room_id", "position"});
    return upsert_sql("egresses", all, {"room_id", "egress_id"});
  }();
  Values values = values_of(egress);
  values.push_back(value_of(room));
  values.push_back(value_of(position));
  sql.execute(query, values);
}

}  // namespace

Egresses EgressTable::load(const RoomId& room) {
  static const std::string query =
      "SELECT " + joined(columns_of<Egress>()) + " FROM egresses WHERE room_id = :room ORDER BY position, egress_id";
  Egresses out;
  sql_.select(query, {value_of(room)}, [&](const soci::row& row) {
    out.all.push_back(read_record(room.value(), [&] { return row_from<Egress>(row); }));
  });
  return out;
}

// Where an old one was forgotten the places of all behind it change.
void EgressTable::save(const RoomId& room, const Egresses& before, const Egresses& after) {
  for (const Egress& one : before.all)
    if (after.find(one.id) == nullptr)
      sql_.execute("DELETE FROM egresses WHERE room_id = :room AND egress_id = :id",
                   {value_of(room), value_of(one.id)});
  for (std::size_t i = 0; i < after.all.size(); ++i)
    if (i >= before.all.size() || before.all[i] != after.all[i]) put_row(sql_, room, i, after.all[i]);
}

}  // namespace costage::storage
