#include "adapters/storage/tables/user_table.hpp"

#include "adapters/storage/records.hpp"

namespace costage::storage {

std::optional<app::User> UserTable::find(const domain::UserId& id) {
  std::optional<app::User> found;
  sql_.select("SELECT name, takes_invitations FROM users WHERE user_id = :id", {value_of(id)},
              [&](const soci::row& row) {
                app::User& user = found.emplace(app::User{id, {}});
                read_record(id.value(), [&] {
                  read(value_at(row, 0), user.name);
                  read(value_at(row, 1), user.takes_invitations);
                  return true;
                });
              });
  return found;
}

void UserTable::put(const app::User& user) {
  static const std::string query = upsert_sql("users", {"user_id", "name"}, {"user_id"});
  sql_.execute(query, {value_of(user.id), user.name});
}

void UserTable::set_takes_invitations(const domain::UserId& id, bool on) {
  sql_.execute("UPDATE users SET takes_invitations = :on WHERE user_id = :id", {value_of(on), value_of(id)});
}

}  // namespace costage::storage
