#include "adapters/storage/group_commit.hpp"

#include <algorithm>
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

// `wrote`: set when it leaves writes behind.
Commit run_unit(Database& database, const Unit& unit, bool& wrote) {
  database.open_savepoint();
  try {
    const bool keep = unit.work(database.transaction());
    if (keep)
      database.keep_savepoint();
    else
      database.undo_savepoint();
    wrote = wrote || keep;
    return Commit::done;
  } catch (const DamagedRecord& record) {
    database.health.found(record);
    database.undo_savepoint();
    return Commit::damaged;
  } catch (const app::LostRace&) {
    database.undo_savepoint();
    return Commit::lost_race;
  } catch (const std::exception& error) {
    const bool lost_race = database.is_lost_race(error);
    if (!lost_race) database.health.failed(error);
    database.undo_savepoint();
    if (lost_race) return Commit::lost_race;
    return Commit::failed;
  }
}

}  // namespace

std::vector<Commit> run_together(Database& database, const std::vector<Unit>& units) {
  std::vector<Commit> results;
  bool wrote = false;
  try {
    database.begin();
    for (const Unit& unit : units) results.push_back(run_unit(database, unit, wrote));
    database.commit();
    if (wrote && std::ranges::find(results, Commit::failed) == results.end()) database.health.wrote();
  } catch (const std::exception& error) {
    database.health.failed(error);
    roll_back(database);
    results.assign(units.size(), Commit::failed);
  }
  return results;
}

}  // namespace costage::storage
