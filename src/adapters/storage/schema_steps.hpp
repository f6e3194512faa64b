// Bringing a database's tables to the format of this program (schema.hpp). Private to the SQL databases.
#pragma once

#include <soci/soci.h>

#include <functional>
#include <string>

#include "adapters/storage/schema.hpp"
#include "base/rng.hpp"

namespace costage::storage {

// Throws Unusable when the database was written by a newer program.
void refuse_newer(long long version);

struct Dialect {
  // What the database makes of a statement of ours before it runs it.
  std::function<std::string(std::string)> statement;
  bool shared = false;  // by several nodes
};
// Runs every step after `version`, inside the caller's transaction, and names the histories of a new database.
void run_steps(soci::session& sql, long long version, const Dialect& dialect, Rng& rng);

// Whether the tables that matter most have the columns they should have.
[[nodiscard]] bool has_our_tables(soci::session& sql);

}  // namespace costage::storage
