#include "adapters/storage/sqlite_store.hpp"

#include <fmt/format.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "adapters/storage/schema.hpp"
#include "adapters/storage/sql_transaction.hpp"

namespace costage::storage {
namespace {

void bring_up_to_date(soci::session& sql, const std::string& new_history_epoch) {
  sql << "PRAGMA journal_mode = WAL";
  sql << "PRAGMA synchronous = FULL";
  sql << "PRAGMA foreign_keys = ON";
  sql << "PRAGMA busy_timeout = 5000";
  sql << "BEGIN IMMEDIATE";
  sql << "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)";
  sql << "INSERT INTO meta (name, value) VALUES ('schema', '0') ON CONFLICT (name) DO NOTHING";
  sql << "INSERT INTO meta (name, value) VALUES ('historyEpoch', :epoch) ON CONFLICT (name) DO NOTHING",
      soci::use(new_history_epoch, "epoch");
  std::string taken;
  sql << "SELECT value FROM meta WHERE name = 'schema'", soci::into(taken);
  for (std::size_t step = std::stoul(taken); step < kSchema.size(); ++step) sql << std::string{kSchema[step]};
  const std::string all = std::to_string(std::max<std::size_t>(kSchema.size(), std::stoul(taken)));
  sql << "UPDATE meta SET value = :all WHERE name = 'schema'", soci::use(all, "all");
  sql << "COMMIT";
}

}  // namespace

// Shared by the control loop (submit, counters) and its own thread (everything else); the mutex guards the queue.
class SqliteStore::Worker {
 public:
  Worker(SqliteConfig config, Post post) : config_(std::move(config)), post_(std::move(post)) {
    sql_.open(soci::sqlite3, "db=" + config_.path);
    bring_up_to_date(sql_, config_.new_history_epoch);
    thread_ = std::thread([this] { loop(); });
  }

  ~Worker() {
    {
      const std::lock_guard lock{mutex_};
      closing_ = true;
    }
    woken_.notify_one();
    thread_.join();
  }

  bool submit(Work work, Done done) {
    {
      const std::lock_guard lock{mutex_};
      if (queue_.size() >= config_.max_queue) {
        ++refused_;
        return false;
      }
      queue_.push_back({std::move(work), std::move(done), app::Commit::done});
    }
    woken_.notify_one();
    return true;
  }

  std::atomic<std::uint64_t> refused_{0};
  std::atomic<std::uint64_t> commits_{0};

 private:
  struct Unit {
    Work work;
    Done done;
    app::Commit outcome;
  };
  using Group = std::vector<Unit>;

  void loop() {
    for (Group group = next_group(); !group.empty(); group = next_group()) {
      commit(group);
      post_([group = std::make_shared<Group>(std::move(group))] {
        for (Unit& unit : *group) unit.done(unit.outcome);
      });
    }
  }

  // Waits for work; empty when the store closes and nothing is left.
  Group next_group() {
    std::unique_lock lock{mutex_};
    woken_.wait(lock, [this] { return closing_ || !queue_.empty(); });
    Group group;
    while (!queue_.empty() && group.size() < config_.max_group) {
      group.push_back(std::move(queue_.front()));
      queue_.pop_front();
    }
    return group;
  }

  void commit(Group& group) {
    try {
      sql_ << "BEGIN IMMEDIATE";
      for (Unit& unit : group) run(unit);
      sql_ << "COMMIT";
      ++commits_;
    } catch (const std::exception&) {
      roll_back_everything();
      for (Unit& unit : group) unit.outcome = app::Commit::failed;
    }
  }

  void run(Unit& unit) {
    sql_ << "SAVEPOINT unit";
    SqlTransaction transaction{sql_};
    bool keep = false;
    try {
      keep = unit.work(transaction);
    } catch (const std::exception&) {
      unit.outcome = app::Commit::failed;
    }
    if (!keep) sql_ << "ROLLBACK TO unit";
    sql_ << "RELEASE unit";
  }

  void roll_back_everything() {
    try {
      sql_ << "ROLLBACK";
    } catch (const std::exception&) {
      // SQLite has rolled back by itself already, e.g. on a full disk.
    }
  }

  SqliteConfig config_;
  Post post_;
  soci::session sql_;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::deque<Unit> queue_;
  bool closing_ = false;
  std::thread thread_;
};

Result<std::unique_ptr<SqliteStore>, std::string> SqliteStore::open(SqliteConfig config, Post post) {
  const std::string path = config.path;
  try {
    return std::unique_ptr<SqliteStore>(
        new SqliteStore(std::make_unique<Worker>(std::move(config), std::move(post))));
  } catch (const std::exception& error) {
    return fail(fmt::format("The database {} cannot be opened for writing: {}.", path, error.what()));
  }
}

SqliteStore::SqliteStore(std::unique_ptr<Worker> worker) : worker_(std::move(worker)) {}
SqliteStore::~SqliteStore() = default;

bool SqliteStore::submit(Work work, Done done) { return worker_->submit(std::move(work), std::move(done)); }
std::uint64_t SqliteStore::refused() const { return worker_->refused_; }
std::uint64_t SqliteStore::commits() const { return worker_->commits_; }

}  // namespace costage::storage
