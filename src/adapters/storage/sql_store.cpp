#include "adapters/storage/sql_store.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <stdexcept>

#include "adapters/storage/codec.hpp"
#include "adapters/storage/health.hpp"
#include "adapters/storage/rows.hpp"
#include "adapters/storage/stored_values.hpp"
#include "app/cursor.hpp"

namespace costage::storage {
namespace {

using namespace domain;
using app::Cursor;
using app::Page;
using app::PageRequest;
using app::SortBy;
using soci::into;
using soci::use;

using Number = long long;
using Rows = soci::rowset<soci::row>;

std::string text(std::string_view view) { return std::string(view); }

// Names of enum values are letters only, so they may stand in the SQL text.
template <class E>
std::string quoted(const std::vector<E>& values) {
  std::string out;
  for (E value : values) out += (out.empty() ? "'" : ", '") + text(name(value)) + "'";
  return out;
}

// From behind the cursor in the order of creation; one row more than the page, to know whether there is another.
struct PageSql {
  std::string where, order;
  Number created;
  std::string id;
  Number limit;
};

PageSql page_sql(SortBy sort, const PageRequest& page, const std::string& id_column) {
  const bool ascending = sort == SortBy::first_created;
  const Cursor start{ascending ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max(),
                     ""};
  const Cursor cursor = app::read_cursor(page.cursor).value_or(start);
  const std::string direction = ascending ? " ASC" : " DESC";
  return {"(created_at, " + id_column + ")" + (ascending ? " > " : " < ") + "(:created, :id)",
          " ORDER BY created_at" + direction + ", " + id_column + direction + " LIMIT :limit", cursor.created_at,
          cursor.id, static_cast<Number>(page.limit) + 1};
}

[[noreturn]] void damaged(const std::string& name, const std::string& why) { throw DamagedRecord(name + ": " + why); }

// What cannot be in a row is a DamagedRecord of this name.
template <class Read>
auto read_record(const std::string& name, Read read) -> decltype(read()) {
  try {
    return read();
  } catch (const std::exception& error) {
    damaged(name, error.what());
  }
}

// Calls `use` for every row; damaged ones are left out, so that one does not hide the others. Column 0 is the id.
template <class Use>
void each_readable(Rows& rows, Health& health, Use use) {
  for (const soci::row& row : rows) try {
      const std::string id = read_record("an id", [&] { return stored::text(row.get<std::string>(0)); });
      read_record(id, [&] { return use(row, id), true; });
    } catch (const DamagedRecord& record) {
      health.found(record);
    }
}

// One row more than the page was asked for, to know whether there is another page.
template <class T, class Read>
Page<T> page_of(Rows& rows, std::size_t limit, Health& health, Read read) {
  Page<T> page;
  Cursor last;
  std::size_t seen = 0;
  each_readable(rows, health, [&](const soci::row& row, const std::string& id) {
    if (++seen > limit) {
      page.next_cursor = app::write_cursor(last);
      return;
    }
    last = {row.get<Number>("created_at"), id};
    page.items.push_back(read(row));
  });
  return page;
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
      out += "status = '" + text(name(status)) + "'";
  }
  return out;
}

Event event_from(const soci::row& row) {
  const EventType type = stored::known(event_type_from(row.get<std::string>(1)));
  Event event{stored::counter(row.get<Number>(0)), type, stored::time(row.get<Number>(2)), {}, {}};
  if (row.get_indicator(3) == soci::i_ok) event.actor = UserId{stored::text(row.get<std::string>(3))};
  event.data = decode_event(type, row.get<std::string>(4));
  return event;
}

}  // namespace

std::optional<RoomState> SqlStore::load_room(const RoomId& room) {
  Rows rooms =
      (sql_.prepare << "SELECT " + text(kRoomColumns) + " FROM rooms WHERE room_id = :room", use(room.value()));
  std::optional<RoomState> state;
  for (const soci::row& row : rooms) state = read_record(room.value(), [&] { return room_from(row); });
  if (!state) return {};
  Rows seats = (sql_.prepare << "SELECT " + text(kSeatColumns) + " FROM seats WHERE room_id = :room ORDER BY epoch",
                use(room.value()));
  const std::uint64_t last_epoch = state->stage.last_epoch;
  for (const soci::row& row : seats) put_seat(state->stage, read_record(room.value(), [&] { return seat_from(row); }));
  state->stage.last_epoch = last_epoch;
  Rows invitations = (sql_.prepare << "SELECT " + text(kInvitationColumns) +
                                          " FROM invitations WHERE room_id = :room AND newest = 1 ORDER BY created_seq",
                      use(room.value()));
  for (const soci::row& row : invitations)
    state->invitations.newest.push_back(read_record(room.value(), [&] { return invitation_from(row); }));
  if (const std::string broken = check(*state); !broken.empty()) damaged(room.value(), "not so: " + broken);
  return state;
}

std::optional<Room> SqlStore::find_room(const RoomId& room) {
  Rows rooms =
      (sql_.prepare << "SELECT " + text(kRoomColumns) + " FROM rooms WHERE room_id = :room", use(room.value()));
  for (const soci::row& row : rooms) return read_record(room.value(), [&] { return room_from(row).room; });
  return {};
}

void SqlStore::save_room(const RoomState& state, const Events& events) {
  save_room_row(state, events.front().seq - 1);
  bool stage_changed = false;
  for (const Event& event : events) {
    save_event(state.room.id, event);
    if (const auto* change = std::get_if<InvitationChange>(&event.data)) save_invitation(change->invitation, event.seq);
    if (const auto* change = std::get_if<StageChange>(&event.data)) {
      stage_changed = true;
      // A seat that begins or ends marks the invitation it came by.
      if (const Invitation* invitation = state.invitations.newest_for(change->seat.user))
        save_invitation(*invitation, event.seq);
    }
  }
  if (stage_changed) save_seats(state);
}

void SqlStore::save_room_row(const RoomState& state, std::uint64_t seq_before) {
  const Room& room = state.room;
  const Number chat = room.chat_enabled, watchers_only = room.policies.invite_watchers_only;
  const Number max_co_hosts = room.policies.max_co_hosts, ttl = room.policies.invitation_ttl.count();
  const Number grace = room.policies.reconnect_grace.count();
  const Number created = to_unix_ms(room.created_at), updated = to_unix_ms(room.updated_at);
  MaybeTime live(room.live_at), ended(room.ended_at), reconnect(room.reconnect_by);
  const Number version = static_cast<Number>(room.version), seq = static_cast<Number>(state.seq);
  const Number epoch = static_cast<Number>(state.stage.last_epoch), before = static_cast<Number>(seq_before);
  const std::string status = text(name(room.status)), invites = write_times(state.invitations.recent);
  const std::string co_host_devices = text(name(room.policies.co_host_devices));
  const Number guests = room.policies.guests_may_watch;
  soci::statement save = (sql_.prepare << R"sql(
INSERT INTO rooms (room_id, title, description, metadata, external_id, chat_enabled, invite_watchers_only, max_co_hosts,
  invitation_ttl, reconnect_grace, host_id, host_name, status, created_at, updated_at, live_at, ended_at, reconnect_by,
  version, seq, last_epoch, recent_invites, co_host_devices,
  guests_may_watch)
VALUES (:room, :title, :description, :metadata, :external, :chat, :watchers, :co_hosts, :ttl, :grace, :host, :host_name,
  :status, :created, :updated, :live, :ended, :reconnect, :version, :seq, :epoch, :invites, :co_host_devices, :guests)
ON CONFLICT (room_id) DO UPDATE SET
  title = excluded.title, description = excluded.description, metadata = excluded.metadata,
  invite_watchers_only = excluded.invite_watchers_only, max_co_hosts = excluded.max_co_hosts,
  invitation_ttl = excluded.invitation_ttl, reconnect_grace = excluded.reconnect_grace, status = excluded.status,
  updated_at = excluded.updated_at, live_at = excluded.live_at, ended_at = excluded.ended_at,
  reconnect_by = excluded.reconnect_by, version = excluded.version, seq = excluded.seq,
  last_epoch = excluded.last_epoch, recent_invites = excluded.recent_invites,
  co_host_devices = excluded.co_host_devices, guests_may_watch = excluded.guests_may_watch
WHERE rooms.seq = :before)sql",
                          use(room.id.value()), use(room.title), use(room.description), use(room.metadata),
                          use(room.external_id), use(chat), use(watchers_only), use(max_co_hosts), use(ttl), use(grace),
                          use(room.host.value()), use(room.host_name), use(status), use(created), use(updated),
                          use(live.ms, live.is), use(ended.ms, ended.is), use(reconnect.ms, reconnect.is), use(version),
                          use(seq), use(epoch), use(invites), use(co_host_devices), use(guests), use(before));
  save.execute(true);
  if (save.get_affected_rows() != 1) throw std::runtime_error("another writer was faster");
}

void SqlStore::save_seats(const RoomState& state) {
  sql_ << "DELETE FROM seats WHERE room_id = :room", use(state.room.id.value());
  for (const Seat& seat : state.stage.seats) {
    const std::string role = text(name(seat.role)), status = text(name(seat.state)), link = text(name(seat.link));
    const std::string camera = text(name(seat.camera)), microphone = text(name(seat.microphone));
    const Number epoch = static_cast<Number>(seat.epoch), joined = to_unix_ms(seat.joined_at);
    MaybeTime on_air(seat.on_air_at), release(seat.release_at);
    sql_ << R"sql(
INSERT INTO seats (room_id, user_id, name, role, state, lease_id, epoch, camera, microphone, joined_at, on_air_at,
  release_at, link)
VALUES (:room, :user, :name, :role, :state, :lease, :epoch, :camera, :microphone, :joined, :on_air, :release, :link)
)sql",
        use(state.room.id.value()), use(seat.user.value()), use(seat.name), use(role), use(status),
        use(seat.lease.value()), use(epoch), use(camera), use(microphone), use(joined), use(on_air.ms, on_air.is),
        use(release.ms, release.is), use(link);
  }
}

void SqlStore::save_invitation(const Invitation& invitation, std::uint64_t created_seq) {
  const std::string status = text(name(invitation.status)), admission = text(name(invitation.admission));
  const Number created = to_unix_ms(invitation.created_at), expires = to_unix_ms(invitation.expires_at);
  const Number ttl = invitation.ttl.count(), declines = invitation.declines, seq = static_cast<Number>(created_seq);
  MaybeTime responded(invitation.responded_at);
  sql_ << R"sql(
UPDATE invitations SET newest = 0
WHERE room_id = :room AND newest = 1 AND invitee_id = :invitee AND invitation_id <> :id)sql",
      use(invitation.room.value()), use(invitation.invitee.value()), use(invitation.id.value());
  sql_ << R"sql(
INSERT INTO invitations (invitation_id, room_id, room_title, inviter_id, inviter_name, invitee_id, invitee_name, status,
  created_at, expires_at, responded_at, ttl, declines, admission, created_seq, newest)
VALUES (:id, :room, :title, :inviter, :inviter_name, :invitee, :invitee_name, :status, :created, :expires, :responded,
  :ttl, :declines, :admission, :seq, 1)
ON CONFLICT (invitation_id) DO UPDATE SET
  status = excluded.status, expires_at = excluded.expires_at, responded_at = excluded.responded_at, ttl = excluded.ttl,
  declines = excluded.declines, admission = excluded.admission)sql",
      use(invitation.id.value()), use(invitation.room.value()), use(invitation.room_title),
      use(invitation.inviter.value()), use(invitation.inviter_name), use(invitation.invitee.value()),
      use(invitation.invitee_name), use(status), use(created), use(expires), use(responded.ms, responded.is), use(ttl),
      use(declines), use(admission), use(seq);
}

void SqlStore::save_event(const RoomId& room, const Event& event) {
  const Number seq = static_cast<Number>(event.seq), at = to_unix_ms(event.at);
  const std::string type = text(name(event.type)), body = encode(event.data);
  std::string actor = event.actor ? event.actor->value() : std::string{};
  soci::indicator has_actor = event.actor ? soci::i_ok : soci::i_null;
  sql_ << "INSERT INTO events (room_id, seq, type, at, actor_id, body) VALUES (:room, :seq, :type, :at, :actor, :body)",
      use(room.value()), use(seq), use(type), use(at), use(actor, has_actor), use(body);
}

Page<Room> SqlStore::list_rooms(const app::RoomFilter& filter, const PageRequest& page) {
  const PageSql sql = page_sql(filter.sort, page, "room_id");
  std::string where = sql.where;
  if (!filter.statuses.empty()) where += " AND status IN (" + quoted(filter.statuses) + ")";
  const std::string query = "SELECT " + text(kRoomColumns) + " FROM rooms WHERE " + where + sql.order;
  Rows rows = (sql_.prepare << query, use(sql.created), use(sql.id), use(sql.limit));
  return page_of<Room>(rows, page.limit, health_, [](const soci::row& row) { return room_from(row).room; });
}

std::vector<RoomId> SqlStore::open_rooms(const RoomId& after, std::size_t limit) {
  const Number count = static_cast<Number>(limit);
  Rows rows = (sql_.prepare << R"sql(
SELECT room_id FROM rooms WHERE room_id > :after AND status IN ('idle', 'live', 'waitingReconnect')
ORDER BY room_id LIMIT :limit)sql",
               use(after.value()), use(count));
  std::vector<RoomId> out;
  each_readable(rows, health_, [&](const soci::row&, const std::string& id) { out.push_back(RoomId{id}); });
  return out;
}

std::optional<Invitation> SqlStore::find_invitation(const InvitationId& id) {
  Rows rows = (sql_.prepare << "SELECT " + text(kInvitationColumns) + " FROM invitations WHERE invitation_id = :id",
               use(id.value()));
  for (const soci::row& row : rows) return read_record(id.value(), [&] { return invitation_from(row); });
  return {};
}

Page<Invitation> SqlStore::list_invitations(const app::InvitationFilter& filter, const PageRequest& page) {
  const PageSql sql = page_sql(filter.sort, page, "invitation_id");
  const auto* room = std::get_if<RoomId>(&filter.of);
  const std::string& owner = room != nullptr ? room->value() : std::get<UserId>(filter.of).value();
  std::string where = (room != nullptr ? "room_id = :owner AND " : "invitee_id = :owner AND ") + sql.where;
  if (!filter.statuses.empty()) where += " AND (" + status_condition(filter.statuses, filter.now) + ")";
  const std::string query = "SELECT " + text(kInvitationColumns) + " FROM invitations WHERE " + where + sql.order;
  Rows rows = (sql_.prepare << query, use(owner), use(sql.created), use(sql.id), use(sql.limit));
  return page_of<Invitation>(rows, page.limit, health_, invitation_from);
}

std::size_t SqlStore::pending_elsewhere(const UserId& invitee, const RoomId& except, WallTime now) {
  Number count = 0;
  const Number at = to_unix_ms(now);
  sql_ << R"sql(
SELECT count(*) FROM invitations
WHERE invitee_id = :invitee AND status = 'pending' AND room_id <> :room AND expires_at > :now)sql",
      use(invitee.value()), use(except.value()), use(at), into(count);
  return static_cast<std::size_t>(count);
}

Events SqlStore::events_since(const RoomId& room, std::uint64_t seq, std::size_t limit) {
  const Number since = static_cast<Number>(seq), count = static_cast<Number>(limit);
  Rows rows = (sql_.prepare << R"sql(
SELECT seq, type, at, actor_id, body FROM events WHERE room_id = :room AND seq > :seq ORDER BY seq LIMIT :limit)sql",
               use(room.value()), use(since), use(count));
  Events out;
  for (const soci::row& row : rows) out.push_back(read_record(room.value(), [&] { return event_from(row); }));
  return out;
}

std::string SqlStore::history_epoch() {
  std::string epoch;
  sql_ << "SELECT value FROM meta WHERE name = 'history_epoch'", into(epoch);
  return epoch;
}

std::optional<app::User> SqlStore::find_user(const UserId& id) {
  std::string name;
  sql_ << "SELECT name FROM users WHERE user_id = :id", use(id.value()), into(name);
  if (!sql_.got_data()) return {};
  return read_record(id.value(), [&] { return app::User{id, stored::text(name)}; });
}

void SqlStore::put_user(const app::User& user) {
  sql_ << "INSERT INTO users (user_id, name) VALUES (:id, :name) ON CONFLICT (user_id) DO UPDATE SET name = "
          "excluded.name",
      use(user.id.value()), use(user.name);
}

std::optional<app::IdempotencyRecord> SqlStore::find_answer(const UserId& user, const std::string& key) {
  std::string request, body;
  Number at = 0;
  sql_ << "SELECT request, at, body FROM answers WHERE user_id = :user AND idempotency_key = :key", use(user.value()),
      use(key), into(request), into(at), into(body);
  if (!sql_.got_data()) return {};
  return read_record("answer " + key,
                     [&] { return app::IdempotencyRecord{user, key, request, stored::time(at), decode_answer(body)}; });
}

void SqlStore::put_answer(const app::IdempotencyRecord& record) {
  const Number at = to_unix_ms(record.at);
  const std::string body = encode(record.answer);
  sql_ << R"sql(
INSERT INTO answers (user_id, idempotency_key, request, at, body) VALUES (:user, :key, :request, :at, :body)
ON CONFLICT (user_id, idempotency_key) DO UPDATE SET request = excluded.request, at = excluded.at, body = excluded.body
)sql",
      use(record.user.value()), use(record.key), use(record.request), use(at), use(body);
}

void SqlStore::forget_answers_before(WallTime time) {
  const Number at = to_unix_ms(time);
  sql_ << "DELETE FROM answers WHERE at < :time", use(at);
}

void SqlStore::put_revocation(const app::Revocation& revocation) {
  const Number until = to_unix_ms(revocation.until);
  sql_ << R"sql(
INSERT INTO revocations (room, identity, until) VALUES (:room, :identity, :until)
ON CONFLICT (room, identity) DO UPDATE SET until = excluded.until WHERE excluded.until > revocations.until
)sql",
      use(revocation.room), use(revocation.identity), use(until);
}

std::vector<app::Revocation> SqlStore::revocations(std::size_t limit) {
  const Number count = static_cast<Number>(limit);
  Rows rows =
      (sql_.prepare << "SELECT room, identity, until FROM revocations ORDER BY until DESC LIMIT :limit", use(count));
  std::vector<app::Revocation> out;
  for (const soci::row& row : rows)
    out.push_back({row.get<std::string>(0), row.get<std::string>(1), from_unix_ms(row.get<Number>(2))});
  return out;
}

void SqlStore::forget_revocations_before(WallTime time) {
  const Number at = to_unix_ms(time);
  sql_ << "DELETE FROM revocations WHERE until < :time", use(at);
}

}  // namespace costage::storage
