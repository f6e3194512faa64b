#include "adapters/storage/schema_steps.hpp"

#include "adapters/storage/fields/invitation.hpp"
#include "adapters/storage/fields/room.hpp"
#include "adapters/storage/fields/stage.hpp"
#include "adapters/storage/row.hpp"
#include "adapters/storage/unusable.hpp"

namespace costage::storage {
namespace {

void run(soci::session& sql, std::string_view statements, const Dialect& dialect) {
  for (auto end = statements.find(';'); end != std::string_view::npos; end = statements.find(';')) {
    sql << dialect.statement(std::string(statements.substr(0, end)));
    statements.remove_prefix(end + 1);
  }
}

}  // namespace

void refuse_newer(long long version) {
  if (version > kSchema.back().version) throw Unusable("its database was written by a newer version of costage");
}

void run_steps(soci::session& sql, long long version, const Dialect& dialect, Rng& rng) {
  for (const SchemaStep& step : kSchema) {
    if (step.version <= version) continue;
    run(sql, step.sql, dialect);
    if (dialect.shared) run(sql, step.shared, dialect);
  }
  if (version > 0) return;
  const std::string epoch = rng.text(12);
  sql << "INSERT INTO meta (name, value) VALUES ('history_epoch', :epoch)", soci::use(epoch);
}

bool has_our_tables(soci::session& sql) try {
  const std::pair<const char*, Columns> tables[] = {{"rooms", columns_of<domain::Room>()},
                                                    {"seats", columns_of<domain::Seat>()},
                                                    {"invitations", columns_of<domain::Invitation>()}};
  for (const auto& [table, columns] : tables) sql << "SELECT " + joined(columns) + " FROM " + table + " LIMIT 0";
  return true;
} catch (const soci::soci_error&) {
  return false;
}

}  // namespace costage::storage
