#include "adapters/storage/tables/block_table.hpp"

#include "adapters/storage/fields/block.hpp"
#include "adapters/storage/records.hpp"

namespace costage::storage {

using namespace domain;

// Who is blocked already keeps their date.
void BlockTable::put(const app::Block& block) {
  sql_.execute(
      "INSERT INTO blocks (user_id, blocked_by, created_at) VALUES (:user, :by, :at) ON CONFLICT (blocked_by, user_id) "
      "DO "
      "NOTHING",
      {value_of(block.user), value_of(block.by), value_of(block.created_at)});
}

void BlockTable::remove(const UserId& by, const UserId& user) {
  sql_.execute("DELETE FROM blocks WHERE blocked_by = :by AND user_id = :user", {value_of(by), value_of(user)});
}

std::size_t BlockTable::count(const UserId& by) {
  return count_rows(sql_, "blocks WHERE blocked_by = :by", {value_of(by)});
}

bool BlockTable::has_any(const std::vector<UserId>& by, const UserId& user) {
  bool found = false;
  for (const UserId& one : by)
    sql_.select("SELECT user_id FROM blocks WHERE blocked_by = :by AND user_id = :user",
                {value_of(one), value_of(user)}, [&](const soci::row&) { found = true; });
  return found;
}

app::Page<app::Block> BlockTable::list(const UserId& by, const app::PageRequest& page) {
  Query query{"SELECT user_id, blocked_by, created_at FROM blocks WHERE blocked_by = :by", {value_of(by)}};
  return page_of<app::Block>(sql_, std::move(query), "user_id", app::SortBy::first_created, page, health_);
}

}  // namespace costage::storage
