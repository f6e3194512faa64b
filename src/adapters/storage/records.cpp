#include "adapters/storage/records.hpp"

#include <limits>

namespace costage::storage {

// SOCI gives what SQLite computes as text, so the rows themselves are counted.
std::size_t count_rows(Sql& sql, const std::string& table_and_condition, const Values& values) {
  std::size_t count = 0;
  sql.select("SELECT 1 FROM " + table_and_condition, values, [&](const soci::row&) { ++count; });
  return count;
}

void add_status(Query& query, std::string_view status, const OpenStatus& words, WallTime now) {
  // Words are letters only, so they may stand in the SQL text.
  const auto is = [](std::string_view word) { return "status = '" + std::string(word) + "'"; };
  const std::string at = ":now" + std::to_string(query.values.size());
  const bool depends_on_time = status == words.open || status == words.expired;
  if (status == words.open)
    query.text += " OR (" + is(status) + " AND expires_at > " + at + ")";
  else if (status == words.expired)
    query.text += " OR " + is(status) + " OR (" + is(words.open) + " AND expires_at <= " + at + ")";
  else
    query.text += " OR " + is(status);
  if (depends_on_time) query.values.push_back(value_of(now));
}

void add_page(Query& query, const std::string& id_column, app::SortBy sort, const app::PageRequest& page) {
  const bool ascending = sort == app::SortBy::first_created;
  const app::Cursor start{
      ascending ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max(), ""};
  const app::Cursor cursor = app::read_cursor(page.cursor).value_or(start);
  const std::string direction = ascending ? " ASC" : " DESC";
  query.text += " AND (created_at, " + id_column + ")" + (ascending ? " > " : " < ") +
                "(:created, :id) ORDER BY created_at" + direction + ", " + id_column + direction + " LIMIT :limit";
  query.values.insert(query.values.end(), {cursor.created_at, cursor.id, static_cast<std::int64_t>(page.limit) + 1});
}

}  // namespace costage::storage
