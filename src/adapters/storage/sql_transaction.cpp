#include "adapters/storage/sql_transaction.hpp"

#include <soci/soci.h>

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

#include "adapters/storage/cursor.hpp"
#include "adapters/storage/records.hpp"

namespace costage::storage {

using domain::Invitation;
using domain::InvitationId;
using domain::Room;
using domain::RoomId;
using domain::RoomState;
using domain::UserId;
using soci::into;
using soci::use;

namespace {

// What SOCI binds 64-bit integers as.
using Big = long long;

Big ms(WallTime t) { return to_unix_ms(t); }

// "status IN ('idle', 'live')", from our own names only.
template <class Status>
std::string status_is_one_of(const std::vector<Status>& statuses) {
  std::string out = "status IN (";
  for (const Status status : statuses) out.append(out.back() == '(' ? "'" : ", '").append(domain::name(status)) += "'";
  return out + ")";
}

// As seen at :now, a pending invitation past its time is expired.
std::string status_at_now(const std::vector<domain::InvitationStatus>& statuses) {
  std::string out;
  for (const auto status : statuses) {
    out += out.empty() ? "" : " OR ";
    switch (status) {
      case domain::InvitationStatus::pending: out += "(status = 'pending' AND expires_at > :now)"; break;
      case domain::InvitationStatus::expired:
        out += "(status = 'expired' OR (status = 'pending' AND expires_at <= :now))";
        break;
      default: out.append("status = '").append(domain::name(status)) += "'";
    }
  }
  return "(" + out + ")";
}

// Keyset paging by (created_at, id) in either direction.
struct Keyset {
  Keyset(app::SortBy sort, const app::PageRequest& request, std::string_view id_column) {
    const bool forward = sort == app::SortBy::first_created;
    const std::string id{id_column};
    const std::string compare = forward ? ">" : "<", direction = forward ? "" : " DESC";
    if (const auto cursor = parse_cursor(request.cursor)) {
      from = cursor->created_ms;
      from_id = cursor->id;
    } else {
      from = forward ? std::numeric_limits<Big>::min() : std::numeric_limits<Big>::max();
    }
    where = "(created_at " + compare + " :from OR (created_at = :from AND " + id + " " + compare + " :from_id))";
    order = " ORDER BY created_at" + direction + ", " + id + direction + " LIMIT :limit";
    limit = static_cast<Big>(request.limit) + 1;  // one more tells whether there is a next page
  }

  std::string where, order;
  Big from = 0;
  std::string from_id;
  Big limit = 0;
};

template <class T>
app::Page<T> cut(std::vector<T> items, std::size_t limit) {
  app::Page<T> page;
  if (items.size() > limit) {
    items.resize(limit);
    if (!items.empty()) page.next_cursor = to_text(items.back().created_at, items.back().id.value());
  }
  page.items = std::move(items);
  return page;
}

}  // namespace

std::optional<RoomState> SqlTransaction::load_room(const RoomId& room) {
  std::string body;
  sql_ << "SELECT body FROM rooms WHERE room_id = :room", use(room.value(), "room"), into(body);
  if (!sql_.got_data()) return std::nullopt;
  RoomRecord record = decode_room(body);
  RoomState state{std::move(record.room), std::move(record.stage), {}, std::move(record.recent_invites), record.seq};
  const soci::rowset<std::string> bodies =
      (sql_.prepare << "SELECT body FROM invitations WHERE room_id = :room AND newest = 1 ORDER BY place",
       use(room.value(), "room"));
  for (const std::string& invitation : bodies) state.invitations.push_back(decode_invitation(invitation));
  return state;
}

void SqlTransaction::save_room(const RoomState& state, const domain::Events& events) {
  save_room_row(state);
  for (const domain::Event& event : events) {
    if (const auto* change = std::get_if<domain::InvitationChange>(&event.data))
      save_invitation(state, change->invitation);
    append(state.room.id, event);
  }
}

void SqlTransaction::save_room_row(const RoomState& state) {
  const std::string body = encode(RoomRecord{state.room, state.stage, state.recent_invites, state.seq});
  const std::string status{domain::name(state.room.status)};
  const Big created = ms(state.room.created_at);
  sql_ << "INSERT INTO rooms (room_id, status, created_at, body) VALUES (:room, :status, :created, :body) "
          "ON CONFLICT (room_id) DO UPDATE SET status = excluded.status, body = excluded.body",
      use(state.room.id.value(), "room"), use(status, "status"), use(created, "created"), use(body, "body");
}

void SqlTransaction::save_invitation(const RoomState& state, const Invitation& invitation) {
  const auto at = std::find_if(state.invitations.begin(), state.invitations.end(),
                               [&](const Invitation& i) { return i.invitee == invitation.invitee; });
  const int place = static_cast<int>(at - state.invitations.begin());
  const int newest = at != state.invitations.end() && at->id == invitation.id ? 1 : 0;
  const std::string body = encode(invitation), status{domain::name(invitation.status)};
  const Big created = ms(invitation.created_at), expires = ms(invitation.expires_at);
  if (newest == 1)
    sql_ << "UPDATE invitations SET newest = 0 WHERE room_id = :room AND invitee_id = :invitee AND newest = 1",
        use(invitation.room.value(), "room"), use(invitation.invitee.value(), "invitee");
  sql_ << "INSERT INTO invitations (invitation_id, room_id, invitee_id, status, created_at, expires_at, place, newest, "
          "body) VALUES (:id, :room, :invitee, :status, :created, :expires, :place, :newest, :body) "
          "ON CONFLICT (invitation_id) DO UPDATE SET status = excluded.status, expires_at = excluded.expires_at, "
          "newest = excluded.newest, body = excluded.body",
      use(invitation.id.value(), "id"), use(invitation.room.value(), "room"),
      use(invitation.invitee.value(), "invitee"), use(status, "status"), use(created, "created"),
      use(expires, "expires"), use(place, "place"), use(newest, "newest"), use(body, "body");
}

void SqlTransaction::append(const RoomId& room, const domain::Event& event) {
  const std::string body = encode(event);
  const Big seq = static_cast<Big>(event.seq);
  sql_ << "INSERT INTO events (room_id, seq, body) VALUES (:room, :seq, :body)", use(room.value(), "room"),
      use(seq, "seq"), use(body, "body");
}

std::optional<Room> SqlTransaction::find_room(const RoomId& room) {
  std::string body;
  sql_ << "SELECT body FROM rooms WHERE room_id = :room", use(room.value(), "room"), into(body);
  return sql_.got_data() ? std::optional{decode_room(body).room} : std::nullopt;
}

app::Page<Room> SqlTransaction::list_rooms(const app::RoomFilter& filter, const app::PageRequest& page) {
  const Keyset key{filter.sort, page, "room_id"};
  const std::string statuses = filter.statuses.empty() ? "" : " AND " + status_is_one_of(filter.statuses);
  const soci::rowset<std::string> bodies =
      (sql_.prepare << "SELECT body FROM rooms WHERE " + key.where + statuses + key.order, use(key.from, "from"),
       use(key.from_id, "from_id"), use(key.limit, "limit"));
  std::vector<Room> rooms;
  for (const std::string& body : bodies) rooms.push_back(decode_room(body).room);
  return cut(std::move(rooms), page.limit);
}

std::vector<RoomId> SqlTransaction::open_rooms(const RoomId& after, std::size_t limit) {
  const Big at_most = static_cast<Big>(limit);
  const soci::rowset<std::string> ids =
      (sql_.prepare << "SELECT room_id FROM rooms WHERE room_id > :after AND status IN ('idle', 'live', "
                       "'waitingReconnect') ORDER BY room_id LIMIT :limit",
       use(after.value(), "after"), use(at_most, "limit"));
  std::vector<RoomId> open;
  for (const std::string& id : ids) open.emplace_back(id);
  return open;
}

std::optional<Invitation> SqlTransaction::find_invitation(const InvitationId& id) {
  std::string body;
  sql_ << "SELECT body FROM invitations WHERE invitation_id = :id", use(id.value(), "id"), into(body);
  return sql_.got_data() ? std::optional{decode_invitation(body)} : std::nullopt;
}

app::Page<Invitation> SqlTransaction::list_invitations(const app::InvitationFilter& filter,
                                                       const app::PageRequest& page) {
  const Keyset key{filter.sort, page, "invitation_id"};
  const std::string room = filter.room ? filter.room->value() : "", invitee = filter.invitee ? filter.invitee->value() : "";
  const Big now = ms(filter.now);
  std::string query = "SELECT body FROM invitations WHERE " + key.where;
  if (filter.room) query += " AND room_id = :room";
  if (filter.invitee) query += " AND invitee_id = :invitee";
  if (!filter.statuses.empty()) query += " AND " + status_at_now(filter.statuses);
  query += key.order;

  soci::statement statement{sql_};
  std::string body;
  const auto bind = [&](const auto& value, const char* name) {
    if (query.find(":" + std::string{name}) != std::string::npos) statement.exchange(use(value, name));
  };
  statement.exchange(use(key.from, "from"));
  statement.exchange(use(key.from_id, "from_id"));
  if (filter.room) bind(room, "room");
  if (filter.invitee) bind(invitee, "invitee");
  bind(now, "now");
  statement.exchange(use(key.limit, "limit"));
  statement.exchange(into(body));
  statement.alloc();
  statement.prepare(query);
  statement.define_and_bind();
  statement.execute(false);
  std::vector<Invitation> found;
  while (statement.fetch()) found.push_back(decode_invitation(body));
  return cut(std::move(found), page.limit);
}

std::size_t SqlTransaction::pending_elsewhere(const UserId& invitee, const RoomId& except, WallTime now) {
  Big count = 0;
  const Big at = ms(now);
  sql_ << "SELECT COUNT(*) FROM invitations WHERE invitee_id = :invitee AND room_id <> :room AND status = 'pending' AND "
          "expires_at > :now",
      use(invitee.value(), "invitee"), use(except.value(), "room"), use(at, "now"), into(count);
  return static_cast<std::size_t>(count);
}

domain::Events SqlTransaction::events_since(const RoomId& room, std::uint64_t seq, std::size_t limit) {
  const Big after = static_cast<Big>(seq), at_most = static_cast<Big>(limit);
  const soci::rowset<std::string> bodies =
      (sql_.prepare << "SELECT body FROM events WHERE room_id = :room AND seq > :seq ORDER BY seq LIMIT :limit",
       use(room.value(), "room"), use(after, "seq"), use(at_most, "limit"));
  domain::Events events;
  for (const std::string& body : bodies) events.push_back(decode_event(body));
  return events;
}

std::string SqlTransaction::history_epoch() {
  std::string epoch;
  sql_ << "SELECT value FROM meta WHERE name = 'historyEpoch'", into(epoch);
  return epoch;
}

std::optional<app::User> SqlTransaction::find_user(const UserId& id) {
  std::string name;
  sql_ << "SELECT name FROM users WHERE user_id = :id", use(id.value(), "id"), into(name);
  return sql_.got_data() ? std::optional{app::User{id, name}} : std::nullopt;
}

void SqlTransaction::put_user(const app::User& user) {
  sql_ << "INSERT INTO users (user_id, name) VALUES (:id, :name) ON CONFLICT (user_id) DO UPDATE SET name = excluded.name",
      use(user.id.value(), "id"), use(user.name, "name");
}

std::optional<app::IdempotencyRecord> SqlTransaction::find_answer(const UserId& user, const std::string& key) {
  std::string body;
  sql_ << "SELECT body FROM answers WHERE user_id = :user AND idempotency_key = :key", use(user.value(), "user"),
      use(key, "key"), into(body);
  return sql_.got_data() ? std::optional{decode_answer(body)} : std::nullopt;
}

void SqlTransaction::put_answer(const app::IdempotencyRecord& record) {
  const std::string body = encode(record);
  const Big at = ms(record.at);
  sql_ << "INSERT INTO answers (user_id, idempotency_key, asked_at, body) VALUES (:user, :key, :at, :body) "
          "ON CONFLICT (user_id, idempotency_key) DO UPDATE SET asked_at = excluded.asked_at, body = excluded.body",
      use(record.user.value(), "user"), use(record.key, "key"), use(at, "at"), use(body, "body");
}

void SqlTransaction::forget_answers_before(WallTime time) {
  const Big before = ms(time);
  sql_ << "DELETE FROM answers WHERE asked_at < :before", use(before, "before");
}

}  // namespace costage::storage
