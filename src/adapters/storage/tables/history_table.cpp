#include "adapters/storage/tables/history_table.hpp"

#include "adapters/storage/event_codec.hpp"
#include "adapters/storage/records.hpp"

namespace costage::storage {
namespace {

using namespace domain;

constexpr std::string_view kRoom = "room/";

// The name of a room's stream.
std::string stream_of(const RoomId& room) { return std::string(kRoom) + room.value(); }
RoomId room_of(const std::string& stream) { return RoomId{stored::text(stream).substr(kRoom.size())}; }

Event event_from(const soci::row& row) {
  Event event;
  read(value_at(row, 0), event.seq);
  event.type = stored::known(event_type_from(row.get<std::string>(1)));
  read(value_at(row, 2), event.at);
  read(value_at(row, 3), event.actor);
  event.data = decode_event(event.type, row.get<std::string>(4));
  return event;
}

}  // namespace

std::uint64_t HistoryTable::last(const RoomId& room) {
  std::uint64_t seq = 0;
  sql_.select("SELECT seq FROM streams WHERE stream = :stream", {stream_of(room)}, [&](const soci::row& row) {
    read_record(room.value(), [&] { return read(value_at(row, 0), seq), true; });
  });
  return seq;
}

void HistoryTable::append(const RoomId& room, const Events& events) {
  const Value stream = stream_of(room), before = value_of(events.front().seq - 1), after = value_of(events.back().seq);
  const Number moved = events.front().seq == 1
                           ? sql_.execute(
                                 "INSERT INTO streams (stream, seq) VALUES (:stream, :after) "
                                 "ON CONFLICT (stream) DO NOTHING",
                                 {stream, after})
                           : sql_.execute("UPDATE streams SET seq = :after WHERE stream = :stream AND seq = :before",
                                          {after, stream, before});
  if (moved != 1) throw app::LostRace();
  for (const Event& event : events)
    sql_.execute(
        "INSERT INTO events (stream, seq, type, at, actor_id, body) "
        "VALUES (:stream, :seq, :type, :at, :actor, :body)",
        {stream, value_of(event.seq), std::string(name(event.type)), value_of(event.at), value_of(event.actor),
         encode(event.data)});
}

Events HistoryTable::since(const RoomId& room, std::uint64_t seq, std::size_t limit) {
  static const std::string query = R"sql(
SELECT seq, type, at, actor_id, body FROM events WHERE stream = :stream AND seq > :seq ORDER BY seq LIMIT :limit)sql";
  Events out;
  sql_.select(query, {stream_of(room), value_of(seq), static_cast<std::int64_t>(limit)},
              [&](const soci::row& row) { out.push_back(read_record(room.value(), [&] { return event_from(row); })); });
  return out;
}

std::string HistoryTable::epoch() {
  std::string epoch;
  sql_.select("SELECT value FROM meta WHERE name = 'history_epoch'", {},
              [&](const soci::row& row) { epoch = row.get<std::string>(0); });
  return epoch;
}

std::vector<app::FollowerPosition> HistoryTable::behind(const std::string& follower, const RoomId& after,
                                                        std::size_t limit) {
  static const std::string query = R"sql(
SELECT s.stream, f.seq AS followed, s.seq FROM streams s
LEFT JOIN followers f ON f.follower = :follower AND f.stream = s.stream
WHERE s.stream > :after AND s.seq > coalesce(f.seq, 0) ORDER BY s.stream LIMIT :limit)sql";
  std::vector<app::FollowerPosition> out;
  sql_.select(query, {follower, stream_of(after), static_cast<std::int64_t>(limit)}, [&](const soci::row& row) {
    app::FollowerPosition& one = out.emplace_back();
    one.room = room_of(row.get<std::string>(0));
    if (row.get_indicator(1) == soci::i_ok) read(value_at(row, 1), one.followed);
    read(value_at(row, 2), one.last);
  });
  return out;
}

void HistoryTable::put_position(const std::string& follower, const app::FollowerPosition& position) {
  static const std::string query = upsert_sql("followers", {"follower", "stream", "seq"}, {"follower", "stream"});
  sql_.execute(query, {follower, stream_of(position.room), value_of(position.followed)});
}

}  // namespace costage::storage
