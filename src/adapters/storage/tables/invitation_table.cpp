#include "adapters/storage/tables/invitation_table.hpp"

#include "adapters/storage/fields/invitation.hpp"
#include "adapters/storage/held_rows.hpp"
#include "adapters/storage/records.hpp"

namespace costage::storage {
namespace {

using namespace domain;

const Columns& columns() {
  static const Columns all = columns_of<Invitation>();
  return all;
}

constexpr OpenStatus kPending{"pending", "expired"};

}  // namespace

Invitations InvitationTable::load(const RoomId& room) {
  static const std::string query = "SELECT " + joined(columns()) +
                                   " FROM invitations WHERE room_id = :room AND held = 1 "
                                   "ORDER BY created_at, invitation_id";
  Invitations out;
  const Values of_room{value_of(room)};
  sql_.select(query, of_room, [&](const soci::row& row) {
    out.newest.push_back(read_record(room.value(), [&] { return row_from<Invitation>(row); }));
  });
  sql_.select("SELECT recent FROM invitation_rates WHERE room_id = :room", of_room, [&](const soci::row& row) {
    read_record(room.value(), [&] { return read(value_at(row, 0), out.recent), true; });
  });
  return out;
}

void InvitationTable::save(const RoomState& before, const RoomState& after, const Events& events) {
  static const std::string query = upsert_sql("invitation_rates", {"room_id", "recent"}, {"room_id"});
  for (const auto& row : changed_invitations(before, after, events))
    put_held(sql_, "invitations", "invitation_id", row);
  if (before.invitations.recent != after.invitations.recent)
    sql_.execute(query, {value_of(after.room.id), value_of(after.invitations.recent)});
}

std::optional<Invitation> InvitationTable::find(const InvitationId& id) {
  return find_row<Invitation>(sql_, "invitations", "invitation_id = :id", {value_of(id)}, id.value());
}

std::optional<Invitation> InvitationTable::newest_for(const RoomId& room, const UserId& invitee) {
  return find_row<Invitation>(
      sql_, "invitations",
      "room_id = :room AND invitee_id = :invitee ORDER BY created_at DESC, invitation_id DESC LIMIT 1",
      {value_of(room), value_of(invitee)}, room.value());
}

app::Page<Invitation> InvitationTable::list(const app::InvitationFilter& filter, const app::PageRequest& page) {
  const auto* room = std::get_if<RoomId>(&filter.of);
  const std::string& owner = room != nullptr ? room->value() : std::get<UserId>(filter.of).value();
  Query query{"SELECT " + joined(columns()) + " FROM invitations WHERE " +
                  (room != nullptr ? "room_id = :owner" : "invitee_id = :owner"),
              {owner}};
  add_statuses(query, filter.statuses, kPending, filter.now);
  return page_of<Invitation>(sql_, std::move(query), "invitation_id", filter.sort, page, health_);
}

std::size_t InvitationTable::pending_elsewhere(const UserId& invitee, const RoomId& except, WallTime now) {
  return count_rows(sql_,
                    "invitations WHERE invitee_id = :invitee AND status = 'pending' AND room_id <> :room AND "
                    "expires_at > :now",
                    {value_of(invitee), value_of(except), value_of(now)});
}

int InvitationTable::appearances(const RoomId& room, const UserId& invitee) {
  return static_cast<int>(count_rows(sql_,
                                     "invitations WHERE room_id = :room AND invitee_id = :invitee AND admission <> "
                                     "'unused'",
                                     {value_of(room), value_of(invitee)}));
}

}  // namespace costage::storage
