#include "adapters/storage/tables/revocation_table.hpp"

#include "adapters/storage/records.hpp"

namespace costage::storage {

void RevocationTable::put(const app::Revocation& revocation) {
  execute(sql_, R"sql(
INSERT INTO revocations (room, identity, until) VALUES (:room, :identity, :until)
ON CONFLICT (room, identity) DO UPDATE SET until = excluded.until WHERE excluded.until > revocations.until
)sql",
          {value_of(revocation.room), value_of(revocation.identity), value_of(revocation.until)});
}

std::vector<app::Revocation> RevocationTable::latest(std::size_t limit) {
  const Number count = static_cast<Number>(limit);
  const Rows rows = (sql_.prepare << "SELECT room, identity, until FROM revocations ORDER BY until DESC LIMIT :limit",
                     soci::use(count));
  std::vector<app::Revocation> out;
  for (const soci::row& row : rows)
    out.push_back({domain::RoomId{row.get<std::string>(0)}, app::Identity{row.get<std::string>(1)},
                   from_unix_ms(row.get<Number>(2))});
  return out;
}

void RevocationTable::forget_before(WallTime time) {
  execute(sql_, "DELETE FROM revocations WHERE until < :time", {value_of(time)});
}

}  // namespace costage::storage
