// Moves an embedded database to PostgreSQL while the program is stopped: all of it or nothing, in one transaction, and
// checked by reading both as the program does.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/rng.hpp"
#include "base/secret.hpp"

namespace costage::storage {

struct Imported {
  std::vector<std::pair<std::string, std::uint64_t>> tables;  // and their rows
  std::uint64_t rooms = 0;
  std::uint64_t events = 0;  // of rooms and chats
};

// Takes the folder's lock. The histories keep their name, so clients resume with what they know. Fails with one
// sentence for people: PostgreSQL is as empty as it was then, and the folder has all.
[[nodiscard]] Result<Imported, std::string> import_to_postgres(const std::string& folder, const Secret& url, Rng& rng);

// A line for each table, and one for the whole.
[[nodiscard]] std::string report(const Imported& imported);

}  // namespace costage::storage
