#include "adapters/storage/tables/stream_table.hpp"

namespace costage::storage {
namespace {

// A stream's next number; where there are other writers, with the time at which they find it.
struct Advance {
  explicit Advance(bool is_found_by_time)
      : begin(std::string("INSERT INTO streams (stream, seq") + (is_found_by_time ? ", touched_at" : "") +
              ") VALUES (:stream, :after" + (is_found_by_time ? std::string(", ") + kDatabaseTime : "") +
              ") ON CONFLICT (stream) DO NOTHING"),
        go_on("UPDATE streams SET seq = :after" +
              (is_found_by_time ? std::string(", touched_at = ") + kDatabaseTime : "") +
              " WHERE stream = :stream AND seq = :before") {}
  std::string begin, go_on;
};

}  // namespace

std::uint64_t StreamTable::last(const std::string& stream) {
  std::uint64_t seq = 0;
  sql_.select(std::string("SELECT seq FROM streams WHERE stream = :stream") + sql_.for_update(), {stream},
              [&](const soci::row& row) { read_record(stream, [&] { return read(value_at(row, 0), seq), true; }); });
  return seq;
}

void StreamTable::advance(const std::string& stream, std::uint64_t first, std::uint64_t last) {
  const Value name = stream, before = value_of(first - 1), after = value_of(last);
  static const Advance alone(false), among_others(true);
  const Advance& sql = sql_.has_other_writers() ? among_others : alone;
  const Number moved =
      first == 1 ? sql_.execute(sql.begin, {name, after}) : sql_.execute(sql.go_on, {after, name, before});
  if (moved != 1) throw app::LostRace();
}

void StreamTable::put(const std::string& stream, Values event) {
  event.insert(event.begin(), stream);
  sql_.execute(
      "INSERT INTO events (stream, seq, type, at, actor_id, body) "
      "VALUES (:stream, :seq, :type, :at, :actor, :body)",
      event);
}

void StreamTable::select(const std::string& stream, std::uint64_t seq, std::size_t limit, const UseRow& use) {
  static const std::string query = R"sql(
SELECT seq, type, at, actor_id, body FROM events WHERE stream = :stream AND seq > :seq ORDER BY seq LIMIT :limit)sql";
  sql_.select(query, {stream, value_of(seq), static_cast<std::int64_t>(limit)},
              [&](const soci::row& row) { read_record(stream, [&] { return use(row), true; }); });
}

}  // namespace costage::storage
