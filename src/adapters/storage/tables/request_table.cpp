#include "adapters/storage/tables/request_table.hpp"

#include "adapters/storage/fields/request.hpp"
#include "adapters/storage/held_rows.hpp"
#include "adapters/storage/records.hpp"

namespace costage::storage {
namespace {

using namespace domain;

const Columns& columns() {
  static const Columns all = columns_of<StageRequest>();
  return all;
}

constexpr OpenStatus kWaiting{"waiting", "expired"};

}  // namespace

Requests RequestTable::load(const RoomId& room) {
  static const std::string query = "SELECT " + joined(columns()) +
                                   " FROM requests WHERE room_id = :room AND held = 1 ORDER BY created_at, request_id";
  Requests out;
  sql_.select(query, {value_of(room)}, [&](const soci::row& row) {
    out.newest.push_back(read_record(room.value(), [&] { return row_from<StageRequest>(row); }));
  });
  return out;
}

void RequestTable::save(const RoomState& before, const RoomState& after, const Events& events) {
  for (const auto& row : changed_requests(before, after, events)) put_held(sql_, "requests", "request_id", row);
}

std::optional<StageRequest> RequestTable::find(const RequestId& id) {
  return find_row<StageRequest>(sql_, "requests", "request_id = :id", {value_of(id)}, id.value());
}

std::optional<StageRequest> RequestTable::newest_of(const RoomId& room, const UserId& user) {
  return find_row<StageRequest>(sql_, "requests",
                                "room_id = :room AND user_id = :user ORDER BY created_at DESC, request_id DESC LIMIT 1",
                                {value_of(room), value_of(user)}, room.value());
}

app::Page<StageRequest> RequestTable::list(const app::RequestFilter& filter, const app::PageRequest& page) {
  Query query{"SELECT " + joined(columns()) + " FROM requests WHERE room_id = :room", {value_of(filter.room)}};
  add_statuses(query, filter.statuses, kWaiting, filter.now);
  return page_of<StageRequest>(sql_, std::move(query), "request_id", app::SortBy::first_created, page, health_);
}

}  // namespace costage::storage
