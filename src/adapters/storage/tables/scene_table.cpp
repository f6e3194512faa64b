#include "adapters/storage/tables/scene_table.hpp"

#include "adapters/storage/fields/scene.hpp"
#include "adapters/storage/records.hpp"

namespace costage::storage {

using namespace domain;

Scene SceneTable::load(const RoomId& room) {
  static const std::string query = "SELECT " + joined(columns_of<Scene>()) + " FROM scenes WHERE room_id = :room";
  Scene out;
  sql_.select(query, {value_of(room)},
              [&](const soci::row& row) { out = read_record(room.value(), [&] { return row_from<Scene>(row); }); });
  return out;
}

void SceneTable::save(const RoomId& room, const Scene& before, const Scene& after) {
  static const std::string query = [] {
    Columns all = columns_of<Scene>();
    all.emplace_back("room_id");
    return upsert_sql("scenes", all, {"room_id"});
  }();
  if (before == after) return;
  Values values = values_of(after);
  values.push_back(value_of(room));
  sql_.execute(query, values);
}

}  // namespace costage::storage
