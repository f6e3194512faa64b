#include "adapters/storage/tables/user_table.hpp"

#include "adapters/storage/records.hpp"

namespace costage::storage {

std::optional<app::User> UserTable::find(const domain::UserId& id) {
  std::optional<app::User> found;
  sql_.select("SELECT name FROM users WHERE user_id = :id", {value_of(id)}, [&](const soci::row& row) {
    found = read_record(id.value(), [&] { return app::User{id, stored::text(row.get<std::string>(0))}; });
  });
  return found;
}

void UserTable::put(const app::User& user) {
  static const std::string query = upsert_sql("users", {"user_id", "name"}, {"user_id"});
  sql_.execute(query, {value_of(user.id), user.name});
}

}  // namespace costage::storage
