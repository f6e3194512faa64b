#include "adapters/storage/tables/stage_table.hpp"

#include "adapters/storage/fields/stage.hpp"
#include "adapters/storage/records.hpp"

namespace costage::storage {
namespace {

using namespace domain;

const Columns& columns() {
  static const Columns all = columns_of<Seat>();
  return all;
}

Columns columns_with_room() {
  Columns out = columns();
  out.emplace_back("room_id");
  return out;
}

void put_row(Sql& sql, const RoomId& room, const Seat& seat) {
  static const std::string query = upsert_sql("seats", columns_with_room(), {"room_id", "user_id"});
  Values values = values_of(seat);
  values.push_back(value_of(room));
  sql.execute(query, values);
}

}  // namespace

Stage StageTable::load(const RoomId& room) {
  static const std::string query = "SELECT " + joined(columns()) + " FROM seats WHERE room_id = :room";
  Stage stage;
  const Values of_room{value_of(room)};
  sql_.select(query, of_room, [&](const soci::row& row) {
    put_seat(stage, read_record(room.value(), [&] { return row_from<Seat>(row); }));
  });
  stage.last_epoch = 0;
  sql_.select("SELECT last_epoch FROM stages WHERE room_id = :room", of_room, [&](const soci::row& row) {
    read_record(room.value(), [&] { return read(value_at(row, 0), stage.last_epoch), true; });
  });
  return stage;
}

std::optional<Seat> StageTable::find(const RoomId& room, const UserId& user) {
  return find_row<Seat>(sql_, "seats", "room_id = :room AND user_id = :user", {value_of(room), value_of(user)},
                        room.value());
}

void StageTable::save(const RoomId& room, const Stage& before, const Stage& after) {
  static const std::string query = upsert_sql("stages", {"room_id", "last_epoch"}, {"room_id"});
  if (before.last_epoch != after.last_epoch) sql_.execute(query, {value_of(room), value_of(after.last_epoch)});
  for (const Seat& seat : before.seats)
    if (after.find(seat.user) == nullptr)
      sql_.execute("DELETE FROM seats WHERE room_id = :room AND user_id = :user",
                   {value_of(room), value_of(seat.user)});
  for (const Seat& seat : after.seats) {
    const Seat* known = before.find(seat.user);
    if (known == nullptr || *known != seat) put_row(sql_, room, seat);
  }
}

}  // namespace costage::storage
