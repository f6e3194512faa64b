#include "adapters/storage/tables/picture_table.hpp"

#include "adapters/base64/base64.hpp"
#include "adapters/storage/records.hpp"

namespace costage::storage {

using namespace domain;

// Text, because a text is all that both databases keep and give alike.
std::optional<Picture> PictureTable::find(const RoomId& room, PictureKind kind) {
  std::optional<Picture> found;
  sql_.select("SELECT media_type, base64, taken_at FROM pictures WHERE room_id = :room AND kind = :kind",
              {value_of(room), std::string(name(kind))}, [&](const soci::row& row) {
                found = read_record("a picture of " + room.value(), [&] {
                  Picture picture{room, kind, {}, {}, {}};
                  picture.format = stored::known(picture_format_from(row.get<std::string>(0)));
                  picture.bytes = stored::known(base64_decoded(row.get<std::string>(1)));
                  read(value_at(row, 2), picture.taken_at);
                  return picture;
                });
              });
  return found;
}

void PictureTable::put(const Picture& picture) {
  static const std::string query =
      upsert_sql("pictures", {"room_id", "kind", "media_type", "base64", "taken_at"}, {"room_id", "kind"});
  sql_.execute(query, {value_of(picture.room), std::string(name(picture.kind)), std::string(media_type(picture.format)),
                       base64(picture.bytes), value_of(picture.taken_at)});
}

void PictureTable::remove(const RoomId& room, PictureKind kind) {
  sql_.execute("DELETE FROM pictures WHERE room_id = :room AND kind = :kind",
               {value_of(room), std::string(name(kind))});
}

}  // namespace costage::storage
