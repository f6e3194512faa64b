#include "adapters/storage/tables/user_table.hpp"

#include "adapters/storage/records.hpp"

namespace costage::storage {

std::optional<app::User> UserTable::find(const domain::UserId& id) {
  std::string name;
  sql_ << "SELECT name FROM users WHERE user_id = :id", soci::use(id.value()), soci::into(name);
  if (!sql_.got_data()) return {};
  return read_record(id.value(), [&] { return app::User{id, stored::text(name)}; });
}

void UserTable::put(const app::User& user) {
  static const std::string query = upsert_sql("users", {"user_id", "name"}, {"user_id"});
  execute(sql_, query, {value_of(user.id), user.name});
}

}  // namespace costage::storage
