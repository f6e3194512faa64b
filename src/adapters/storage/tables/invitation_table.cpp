#include "adapters/storage/tables/invitation_table.hpp"

#include <sstream>

#include "adapters/storage/fields/invitation.hpp"
#include "adapters/storage/invitation_changes.hpp"
#include "adapters/storage/records.hpp"

namespace costage::storage {
namespace {

using namespace domain;

const Columns& columns() {
  static const Columns all = columns_of<Invitation>();
  return all;
}

void put_row(Sql& sql, const HeldInvitation& row) {
  static const std::string query = [] {
    Columns all = columns();
    all.emplace_back("held");
    return upsert_sql("invitations", all, {"invitation_id"});
  }();
  Values values = values_of(row.invitation);
  values.push_back(value_of(row.held));
  sql.execute(query, values);
}

std::string write_times(const std::vector<WallTime>& times) {
  std::string out;
  for (WallTime time : times) out += (out.empty() ? "" : ",") + std::to_string(to_unix_ms(time));
  return out;
}

std::vector<WallTime> read_times(const std::string& text) {
  std::vector<WallTime> out;
  std::istringstream in(text);
  for (std::string one; std::getline(in, one, ',');) out.push_back(stored::time(std::stoll(one)));
  return out;
}

bool depends_on_time(InvitationStatus status) {
  return status == InvitationStatus::pending || status == InvitationStatus::expired;
}

// As people see it at the time that is bound: a pending one past its time is expired.
std::string status_condition(const std::vector<InvitationStatus>& statuses) {
  std::string out;
  for (InvitationStatus status : statuses) {
    if (!out.empty()) out += " OR ";
    const std::string now = ":now" + std::to_string(out.size());
    if (status == InvitationStatus::pending)
      out += "(status = 'pending' AND expires_at > " + now + ")";
    else if (status == InvitationStatus::expired)
      out += "(status = 'expired' OR (status = 'pending' AND expires_at <= " + now + "))";
    else
      out += "status = '" + std::string(name(status)) + "'";
  }
  return out;
}

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
    out.recent = read_record(room.value(), [&] { return read_times(row.get<std::string>(0)); });
  });
  return out;
}

void InvitationTable::save(const RoomState& before, const RoomState& after, const Events& events) {
  static const std::string query = upsert_sql("invitation_rates", {"room_id", "recent"}, {"room_id"});
  for (const HeldInvitation& row : changed_invitations(before, after, events)) put_row(sql_, row);
  if (before.invitations.recent != after.invitations.recent)
    sql_.execute(query, {value_of(after.room.id), write_times(after.invitations.recent)});
}

std::optional<Invitation> InvitationTable::one(const std::string& where, const Values& values,
                                               const std::string& record) {
  std::optional<Invitation> found;
  sql_.select("SELECT " + joined(columns()) + " FROM invitations WHERE " + where, values,
              [&](const soci::row& row) { found = read_record(record, [&] { return row_from<Invitation>(row); }); });
  return found;
}

std::optional<Invitation> InvitationTable::find(const InvitationId& id) {
  return one("invitation_id = :id", {value_of(id)}, id.value());
}

std::optional<Invitation> InvitationTable::newest_for(const RoomId& room, const UserId& invitee) {
  return one("room_id = :room AND invitee_id = :invitee ORDER BY created_at DESC, invitation_id DESC LIMIT 1",
             {value_of(room), value_of(invitee)}, room.value());
}

app::Page<Invitation> InvitationTable::list(const app::InvitationFilter& filter, const app::PageRequest& page) {
  const auto* room = std::get_if<RoomId>(&filter.of);
  const std::string& owner = room != nullptr ? room->value() : std::get<UserId>(filter.of).value();
  Query query{"SELECT " + joined(columns()) + " FROM invitations WHERE " +
                  (room != nullptr ? "room_id = :owner" : "invitee_id = :owner"),
              {owner}};
  if (!filter.statuses.empty()) query.text += " AND (" + status_condition(filter.statuses) + ")";
  const auto at = value_of(filter.now);
  for (InvitationStatus status : filter.statuses)
    if (depends_on_time(status)) query.values.push_back(at);
  return page_of<Invitation>(sql_, std::move(query), "invitation_id", filter.sort, page, health_);
}

std::size_t InvitationTable::pending_elsewhere(const UserId& invitee, const RoomId& except, WallTime now) {
  static const std::string query = R"sql(
SELECT invitation_id FROM invitations
WHERE invitee_id = :invitee AND status = 'pending' AND room_id <> :room AND expires_at > :now)sql";
  std::size_t count = 0;
  sql_.select(query, {value_of(invitee), value_of(except), value_of(now)}, [&](const soci::row&) { ++count; });
  return count;
}

}  // namespace costage::storage
