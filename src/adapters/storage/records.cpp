#include "adapters/storage/records.hpp"

#include <limits>

namespace costage::storage {

PageSql page_sql(app::SortBy sort, const app::PageRequest& page, const std::string& id_column) {
  const bool ascending = sort == app::SortBy::first_created;
  const app::Cursor start{
      ascending ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max(), ""};
  const app::Cursor cursor = app::read_cursor(page.cursor).value_or(start);
  const std::string direction = ascending ? " ASC" : " DESC";
  return {"(created_at, " + id_column + ")" + (ascending ? " > " : " < ") + "(:created, :id)",
          " ORDER BY created_at" + direction + ", " + id_column + direction + " LIMIT :limit", cursor.created_at,
          cursor.id, static_cast<Number>(page.limit) + 1};
}

}  // namespace costage::storage
