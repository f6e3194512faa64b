// The embedded database: SQLite in WAL mode, synchronous=FULL: what was committed survives a power cut.
#pragma once

#include <memory>
#include <string>

#include "adapters/storage/database.hpp"
#include "base/result.hpp"
#include "base/rng.hpp"

namespace costage::storage {

// Opens or creates `folder`/costage.db and brings its schema up to date. One program per folder. Fails with one
// sentence for people. `rng` names the histories of a new database.
[[nodiscard]] Result<std::unique_ptr<Database>, std::string> open_sqlite(const std::string& folder, Rng& rng);

}  // namespace costage::storage
