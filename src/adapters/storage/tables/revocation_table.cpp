#include "adapters/storage/tables/revocation_table.hpp"

#include "adapters/storage/records.hpp"

namespace costage::storage {

void RevocationTable::put(const app::Revocation& revocation) {
  sql_.execute(R"sql(
INSERT INTO revocations (room, identity, until) VALUES (:room, :identity, :until)
ON CONFLICT (room, identity) DO UPDATE SET until = excluded.until WHERE excluded.until > revocations.until
)sql",
               {value_of(revocation.room), value_of(revocation.identity), value_of(revocation.until)});
}

std::vector<app::Revocation> RevocationTable::latest(std::size_t limit) {
  std::vector<app::Revocation> out;
  sql_.select("SELECT room, identity, until FROM revocations ORDER BY until DESC LIMIT :limit",
              {static_cast<std::int64_t>(limit)}, [&](const soci::row& row) {
                out.push_back({domain::RoomId{row.get<std::string>(0)}, app::Identity{row.get<std::string>(1)},
                               from_unix_ms(row.get<Number>(2))});
              });
  return out;
}

void RevocationTable::forget_before(WallTime time) {
  sql_.execute("DELETE FROM revocations WHERE until < :time", {value_of(time)});
}

}  // namespace costage::storage
