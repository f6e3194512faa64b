#include "adapters/storage/postgres.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <random>

#include "adapters/storage/schema_steps.hpp"
#include "adapters/storage/sql_transaction.hpp"
#include "adapters/storage/unusable.hpp"

namespace costage::storage {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr long long kAdvisoryLock = 0x636f7374;  // "cost"
constexpr const char* kConnectTimeout = "connect_timeout=2";

// Locks are waited for a while only: two nodes that write to the same rooms in another order would wait for each other.
constexpr std::array<const char*, 4> kSession{"SET client_min_messages = warning", "SET statement_timeout = 4000",
                                              "SET lock_timeout = 500",
                                              "SET idle_in_transaction_session_timeout = 10000"};

// A connection, and the statements that were prepared on it.
struct Connection {
  Connection(PostgresServer& server, Use use)
      : session(soci::postgresql, connect_text(server.url)),
        kept(session, use == Use::writes ? Sql::Writers::several : Sql::Writers::one),
        transaction(kept, server.health) {
    for (const char* setting : kSession) session << setting;
  }
  [[nodiscard]] PGconn* raw() { return static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_; }
  [[nodiscard]] int socket() { return PQsocket(raw()); }
  [[nodiscard]] bool is_lost() { return PQstatus(raw()) != CONNECTION_OK; }

  soci::session session;
  Sql kept;
  SqlTransaction transaction;
};

class Postgres final : public Database {
 public:
  Postgres(std::shared_ptr<PostgresServer> server, Use use)
      : Database(server->health), server_(std::move(server)), use_(use) {}
  ~Postgres() override { disconnect(); }

  // A connection that was lost while nothing happened is made anew: no work was in it.
  void begin() override {
    const bool is_new = !connection_;
    try {
      open_transaction();
    } catch (const soci::soci_error&) {
      if (is_new || !connection_->is_lost()) throw;
      disconnect();
      open_transaction();
    }
  }
  void commit() override {
    run("COMMIT");
    connection_->transaction.committed();
    server_->watchdog.calm(connection_->socket());
  }
  void rollback() override {
    if (!connection_) return;
    connection_->transaction.undone();
    try {
      if (!connection_->is_lost()) run("ROLLBACK");
    } catch (const std::exception&) {
      return disconnect();
    }
    if (connection_->is_lost()) return disconnect();
    server_->watchdog.calm(connection_->socket());
  }
  void open_savepoint() override { run("SAVEPOINT unit"); }
  void keep_savepoint() override { run("RELEASE SAVEPOINT unit"); }
  void undo_savepoint() override {
    connection_->transaction.undone();
    run("ROLLBACK TO SAVEPOINT unit");
  }
  app::Transaction& transaction() override { return connection_->transaction; }
  void forget() override {
    if (connection_) connection_->transaction.forget();
  }

  void try_writing() override try {
    begin();
    if (use_ == Use::writes) {
      run("INSERT INTO meta (name, value) VALUES ('written to see whether it works', '') "
          "ON CONFLICT (name) DO UPDATE SET value = excluded.value");
      run("DELETE FROM meta WHERE name = 'written to see whether it works'");
    }
    commit();
  } catch (...) {
    rollback();
    throw;
  }

  [[nodiscard]] bool is_lost_race(const std::exception& error) const override {
    const auto* postgres = dynamic_cast<const soci::postgresql_soci_error*>(&error);
    if (postgres == nullptr) return false;
    const std::string state = postgres->sqlstate();
    // serialization_failure, deadlock_detected, lock_not_available, unique_violation
    return state == "40001" || state == "40P01" || state == "55P03" || state == "23505";
  }

 private:
  static constexpr milliseconds kRetryAtLeast{500}, kRetryAtMost{1500};

  void run(const char* statement) { connection_->kept.execute(statement); }

  void open_transaction() {
    connect();
    server_->watchdog.watch(connection_->socket());
    run(use_ == Use::writes ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  }

  // While the server is away, work is refused at once and a connection is tried now and then, by each at its own time.
  void connect() {
    if (connection_) return;
    if (Clock::now() < retry_at_ && server_->reached.load() < failed_at_)
      throw Away("the server did not answer a moment ago");
    try {
      connection_.emplace(*server_, use_);
      server_->reached = Clock::now();
    } catch (const std::exception& error) {
      connection_.reset();
      std::uniform_int_distribution<long> pause(kRetryAtLeast.count(), kRetryAtMost.count());
      failed_at_ = Clock::now();
      retry_at_ = failed_at_ + milliseconds{pause(random_)};
      throw Away(one_line(error.what()));
    }
  }

  void disconnect() {
    if (connection_) server_->watchdog.calm(connection_->socket());
    connection_.reset();
  }

  std::shared_ptr<PostgresServer> server_;
  Use use_;
  std::optional<Connection> connection_;
  Clock::time_point failed_at_{}, retry_at_{};
  std::minstd_rand random_{std::random_device{}()};
};

// ---- the schema ----

// Texts are compared by their bytes, as SQLite does: whatever language the database was made for.
std::string by_bytes(std::string statement) {
  constexpr std::string_view kText = " TEXT", kCollation = " COLLATE \"C\"";
  for (auto at = statement.find(kText); at != std::string::npos; at = statement.find(kText, at + kText.size()))
    statement.insert(at + kText.size(), kCollation);
  return statement;
}

long long number(soci::session& sql, const std::string& query) {
  long long out = 0;
  sql << query, soci::into(out);
  return out;
}

long long version_of(soci::session& sql) {
  constexpr const char* kOurs = "FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace";
  if (number(sql, std::string("SELECT count(*) ") + kOurs) == 0) return 0;
  if (number(sql, std::string("SELECT count(*) ") + kOurs + " AND relname = 'meta'") != 1)
    throw Unusable("it holds tables of another program");
  std::string version;
  sql << "SELECT value FROM meta WHERE name = 'schema_version'", soci::into(version);
  if (!sql.got_data() || version.find_first_not_of("0123456789") != std::string::npos || version.size() > 9)
    throw Unusable("it holds tables of another program");
  return std::stoll(version);
}

void bring_up_to_date(soci::session& sql, Rng& rng) {
  std::string encoding;
  sql << "SHOW server_encoding", soci::into(encoding);
  if (encoding != "UTF8") throw Unusable("its encoding is " + encoding + ", not UTF8");
  soci::transaction transaction(sql);
  sql << "SET LOCAL statement_timeout = 0";
  sql << "SET LOCAL lock_timeout = 0";
  sql << "SELECT pg_advisory_xact_lock(" + std::to_string(kAdvisoryLock) + ")";
  const long long version = version_of(sql);
  refuse_newer(version);
  run_steps(sql, version, {by_bytes, true}, rng);
  if (version != kSchema.back().version)
    sql << "INSERT INTO meta (name, value) VALUES ('schema_version', '" + std::to_string(kSchema.back().version) +
               "') ON CONFLICT (name) DO UPDATE SET value = excluded.value";
  if (!has_our_tables(sql)) throw Unusable("its tables are not as costage made them");
  transaction.commit();
}

}  // namespace

std::string connect_text(const Secret& url) {
  const std::string& text = url.reveal();
  if (text.find("connect_timeout=") != std::string::npos) return text;
  return text + (text.find('?') == std::string::npos ? '?' : '&') + kConnectTimeout;
}

std::string one_line(std::string text) {
  std::ranges::replace_if(text, [](char c) { return c == '\n' || c == '\t'; }, ' ');
  text.erase(text.find_last_not_of(" .") + 1);
  return text;
}

Result<std::shared_ptr<PostgresServer>, std::string> open_postgres(const Secret& url, Rng& rng) try {
  auto server = std::make_shared<PostgresServer>(url);
  Connection connection(*server, Use::writes);
  bring_up_to_date(connection.session, rng);
  return server;
} catch (const std::exception& error) {
  return fail("The PostgreSQL database cannot be used: " + one_line(error.what()) + ".");
}

std::unique_ptr<Database> connect_postgres(std::shared_ptr<PostgresServer> server, Use use) {
  return std::make_unique<Postgres>(std::move(server), use);
}

}  // namespace costage::storage
