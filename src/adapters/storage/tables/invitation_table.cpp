#include "adapters/storage/tables/invitation_table.hpp"

#include <sstream>

#include "adapters/storage/fields/invitation.hpp"
#include "adapters/storage/invitation_changes.hpp"
#include "adapters/storage/records.hpp"

namespace costage::storage {
namespace {

using namespace domain;
using soci::use;

const Columns& columns() {
  static const Columns all = columns_of<Invitation>();
  return all;
}

void put_row(soci::session& sql, const HeldInvitation& row) {
  static const std::string query = [] {
    Columns all = columns();
    all.emplace_back("held");
    return upsert_sql("invitations", all, {"invitation_id"});
  }();
  std::vector<Value> values = values_of(row.invitation);
  values.push_back(value_of(row.held));
  execute(sql, query, std::move(values));
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

// As people see it at `now`: a pending one past its time is expired.
std::string status_condition(const std::vector<InvitationStatus>& statuses, WallTime now) {
  const std::string at = std::to_string(to_unix_ms(now));
  std::string out;
  for (InvitationStatus status : statuses) {
    if (!out.empty()) out += " OR ";
    if (status == InvitationStatus::pending)
      out += "(status = 'pending' AND expires_at > " + at + ")";
    else if (status == InvitationStatus::expired)
      out += "(status = 'expired' OR (status = 'pending' AND expires_at <= " + at + "))";
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
  const Rows rows = (sql_.prepare << query, use(room.value()));
  for (const soci::row& row : rows)
    out.newest.push_back(read_record(room.value(), [&] { return row_from<Invitation>(row); }));
  std::string recent;
  sql_ << "SELECT recent FROM invitation_rates WHERE room_id = :room", use(room.value()), soci::into(recent);
  out.recent = read_record(room.value(), [&] { return read_times(recent); });
  return out;
}

void InvitationTable::save(const RoomState& before, const RoomState& after, const Events& events) {
  static const std::string query = upsert_sql("invitation_rates", {"room_id", "recent"}, {"room_id"});
  for (const HeldInvitation& row : changed_invitations(before, after, events)) put_row(sql_, row);
  if (before.invitations.recent != after.invitations.recent)
    execute(sql_, query, {value_of(after.room.id), write_times(after.invitations.recent)});
}

std::optional<Invitation> InvitationTable::find(const InvitationId& id) {
  static const std::string query = "SELECT " + joined(columns()) + " FROM invitations WHERE invitation_id = :id";
  const Rows rows = (sql_.prepare << query, use(id.value()));
  for (const soci::row& row : rows) return read_record(id.value(), [&] { return row_from<Invitation>(row); });
  return {};
}

std::optional<Invitation> InvitationTable::newest_for(const RoomId& room, const UserId& invitee) {
  static const std::string query = "SELECT " + joined(columns()) +
                                   " FROM invitations WHERE room_id = :room AND invitee_id = :invitee "
                                   "ORDER BY created_at DESC, invitation_id DESC LIMIT 1";
  const Rows rows = (sql_.prepare << query, use(room.value()), use(invitee.value()));
  for (const soci::row& row : rows) return read_record(room.value(), [&] { return row_from<Invitation>(row); });
  return {};
}

app::Page<Invitation> InvitationTable::list(const app::InvitationFilter& filter, const app::PageRequest& page) {
  const PageSql sql = page_sql(filter.sort, page, "invitation_id");
  const auto* room = std::get_if<RoomId>(&filter.of);
  const std::string& owner = room != nullptr ? room->value() : std::get<UserId>(filter.of).value();
  std::string where = (room != nullptr ? "room_id = :owner AND " : "invitee_id = :owner AND ") + sql.where;
  if (!filter.statuses.empty()) where += " AND (" + status_condition(filter.statuses, filter.now) + ")";
  const std::string query = "SELECT " + joined(columns()) + " FROM invitations WHERE " + where + sql.order;
  const Rows rows = (sql_.prepare << query, use(owner), use(sql.created), use(sql.id), use(sql.limit));
  return page_of<Invitation>(rows, page.limit, health_);
}

std::size_t InvitationTable::pending_elsewhere(const UserId& invitee, const RoomId& except, WallTime now) {
  Number count = 0;
  const Number at = to_unix_ms(now);
  sql_ << R"sql(
SELECT count(*) FROM invitations
WHERE invitee_id = :invitee AND status = 'pending' AND room_id <> :room AND expires_at > :now)sql",
      use(invitee.value()), use(except.value()), use(at), soci::into(count);
  return static_cast<std::size_t>(count);
}

}  // namespace costage::storage
