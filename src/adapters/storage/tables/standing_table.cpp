#include "adapters/storage/tables/standing_table.hpp"

#include "adapters/storage/fields/standing.hpp"
#include "adapters/storage/records.hpp"

namespace costage::storage {

using namespace domain;

namespace {

void put_row(Sql& sql, const RoomId& room, const Standing& standing) {
  static const std::string query = [] {
    Columns all = columns_of<Standing>();
    all.emplace_back("room_id");
    return upsert_sql("standings", all, {"room_id", "user_id"});
  }();
  Values values = values_of(standing);
  values.push_back(value_of(room));
  sql.execute(query, values);
}

}  // namespace

Standings StandingTable::load(const RoomId& room) {
  static const std::string query =
      "SELECT " + joined(columns_of<Standing>()) + " FROM standings WHERE room_id = :room ORDER BY at, user_id";
  Standings out;
  sql_.select(query, {value_of(room)}, [&](const soci::row& row) {
    out.people.push_back(read_record(room.value(), [&] { return row_from<Standing>(row); }));
  });
  return out;
}

std::optional<Standing> StandingTable::find(const RoomId& room, const UserId& user) {
  return find_row<Standing>(sql_, "standings", "room_id = :room AND user_id = :user", {value_of(room), value_of(user)},
                            room.value());
}

void StandingTable::save(const RoomId& room, const Standings& before, const Standings& after) {
  if (before == after) return;
  for (const Standing& one : before.people)
    if (after.find(one.user) == nullptr)
      sql_.execute("DELETE FROM standings WHERE room_id = :room AND user_id = :user",
                   {value_of(room), value_of(one.user)});
  for (const Standing& one : after.people) {
    const Standing* known = before.find(one.user);
    if (known == nullptr || *known != one) put_row(sql_, room, one);
  }
}

}  // namespace costage::storage
