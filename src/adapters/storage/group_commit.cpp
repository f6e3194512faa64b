#include "adapters/storage/group_commit.hpp"

#include <exception>

namespace costage::storage {
namespace {

using app::Commit;

void roll_back(Database& database) {
  try {
    database.rollback();
  } catch (const std::exception&) {
    // The database has rolled back by itself.
  }
}

Commit run_unit(Database& database, const Unit& unit) {
  database.open_savepoint();
  try {
    if (unit.work(database.transaction()))
      database.keep_savepoint();
    else
      database.undo_savepoint();
    return Commit::done;
  } catch (const std::exception&) {
    database.undo_savepoint();
    return Commit::failed;
  }
}

}  // namespace

std::vector<Commit> run_together(Database& database, const std::vector<Unit>& units) {
  std::vector<Commit> results;
  try {
    database.begin();
    for (const Unit& unit : units) results.push_back(run_unit(database, unit));
    database.commit();
  } catch (const std::exception&) {
    roll_back(database);
    results.assign(units.size(), Commit::failed);
  }
  return results;
}

}  // namespace costage::storage
