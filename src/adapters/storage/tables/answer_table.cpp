#include "adapters/storage/tables/answer_table.hpp"

#include "adapters/storage/records.hpp"
#include "domain/limits.hpp"

namespace costage::storage {

template <class F, Is<app::IdempotencyRecord> O>
void fields(F& f, O& o) {
  f("user", "user_id", o.user);
  f("key", "idempotency_key", o.key);
  f("request", "request", o.request);
  f("at", "at", o.at);
  f("room", "room_id", o.made.room);
  f("made", "made_id", o.made.id);
  f("created", "created", o.made.created);
}

std::optional<app::IdempotencyRecord> AnswerTable::find(const domain::UserId& user, const std::string& key) {
  static const std::string query = "SELECT " + joined(columns_of<app::IdempotencyRecord>()) +
                                   " FROM answers WHERE user_id = :user AND idempotency_key = :key";
  std::optional<app::IdempotencyRecord> found;
  sql_.select(query, {value_of(user), key}, [&](const soci::row& row) {
    found = read_record("answer " + key, [&] { return row_from<app::IdempotencyRecord>(row); });
  });
  return found;
}

void AnswerTable::put(const app::IdempotencyRecord& record) {
  static const std::string query =
      upsert_sql("answers", columns_of<app::IdempotencyRecord>(), {"user_id", "idempotency_key"}) +
      " WHERE answers.at <= excluded.at - " +
      std::to_string(std::chrono::milliseconds{domain::limits::kIdempotencyKept}.count());
  if (sql_.execute(query, values_of(record)) != 1) throw app::LostRace();
}

void AnswerTable::forget_before(WallTime time) {
  sql_.execute("DELETE FROM answers WHERE at < :time", {value_of(time)});
}

}  // namespace costage::storage
