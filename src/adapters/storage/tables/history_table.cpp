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

}  // namespace

std::uint64_t HistoryTable::last(const RoomId& room) { return stream_.last(stream_of(room)); }
void HistoryTable::append(const RoomId& room, const Events& events) { stream_.append(stream_of(room), events); }
Events HistoryTable::since(const RoomId& room, std::uint64_t seq, std::size_t limit) {
  return stream_.since<Event>(stream_of(room), event_type_from, seq, limit);
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

// And what was begun before that: the time is that of the write, not of its commit.
app::Touched HistoryTable::touched(std::chrono::seconds back) {
  constexpr std::chrono::seconds kLongestTransaction{15};
  static const std::string times = std::string("SELECT ") + kDatabaseTime + " AS now";
  static const std::string query = std::string("SELECT stream, seq FROM streams WHERE touched_at > ") + kDatabaseTime +
                                   " - :back ORDER BY touched_at DESC LIMIT 100000";
  app::Touched out;
  sql_.select(times, {}, [&](const soci::row& row) { read(value_at(row, 0), out.now); });
  const std::int64_t far = std::chrono::milliseconds{back + kLongestTransaction}.count();
  sql_.select(query, {far}, [&](const soci::row& row) {
    app::StreamEnd& end = out.streams.emplace_back(app::StreamEnd{row.get<std::string>(0), 0});
    read_record(end.stream, [&] { return read(value_at(row, 1), end.seq), true; });
  });
  return out;
}

void HistoryTable::put_position(const std::string& follower, const app::FollowerPosition& position) {
  static const std::string query = upsert_sql("followers", {"follower", "stream", "seq"}, {"follower", "stream"}) +
                                   " WHERE followers.seq < excluded.seq";
  sql_.execute(query, {follower, stream_of(position.room), value_of(position.followed)});
}

}  // namespace costage::storage
