// Several units of work, one commit: each runs in a savepoint of one transaction, so a refusal undoes only its own
// writes, and one fsync makes all of them durable before any is acknowledged.
#pragma once

#include <vector>

#include "adapters/storage/database.hpp"

namespace costage::storage {

struct Unit {
  app::Storage::Work work;
  app::Storage::Done done;
};

// What to tell each unit, in order. Never throws: what the database refuses is Commit::failed, and its health hears
// why.
std::vector<app::Commit> run_together(Database& database, const std::vector<Unit>& units);

}  // namespace costage::storage
