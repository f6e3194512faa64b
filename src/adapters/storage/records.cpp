#include "adapters/storage/records.hpp"

#include <limits>

namespace costage::storage {

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
