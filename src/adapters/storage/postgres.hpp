// PostgreSQL, for several nodes on one truth. READ COMMITTED: what a write reads first of a stream is locked until its
// commit (Sql::for_update), so nobody decides on a state that another node is changing.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "adapters/storage/database.hpp"
#include "adapters/storage/watchdog.hpp"
#include "base/result.hpp"
#include "base/rng.hpp"
#include "base/secret.hpp"

namespace costage::storage {

// What the connections of one node share.
struct PostgresServer {
  static constexpr std::chrono::seconds kPatience{5};  // with a transaction, several units of work in it

  explicit PostgresServer(Secret its_url) : url(std::move(its_url)) {}

  const Secret url;  // postgresql://user:password@host/database?sslmode=verify-full, all that libpq knows
  Health health;
  Watchdog watchdog{kPatience};
  // When somebody last got a connection: who was refused before that need not wait.
  std::atomic<std::chrono::steady_clock::time_point> reached{};
};

// Connects once and brings the schema up to date; nodes that start together wait for each other. Fails with one
// sentence for people. `rng` names the histories of a new database.
[[nodiscard]] Result<std::shared_ptr<PostgresServer>, std::string> open_postgres(const Secret& url, Rng& rng);

// The address as SOCI takes it. One without any option it does not hand on to libpq as it is.
[[nodiscard]] std::string connect_text(const Secret& url);
// What libpq says, in one line without the stop at its end; it never holds the password.
[[nodiscard]] std::string one_line(std::string text);

enum class Use { writes, reads };
// A connection, made when it is needed and made again when it was lost. `reads` sees one moment in each transaction.
[[nodiscard]] std::unique_ptr<Database> connect_postgres(std::shared_ptr<PostgresServer> server, Use use);

}  // namespace costage::storage
