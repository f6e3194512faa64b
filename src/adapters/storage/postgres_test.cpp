// What PostgreSQL must do beyond the suite of every database: several writers at once, and a server that goes away.
#include "adapters/storage/postgres.hpp"

#include <gmock/gmock.h>

#include <future>

#include "adapters/storage/group_commit.hpp"
#include "adapters/storage/pool.hpp"
#include "adapters/storage/testing/loop.hpp"
#include "adapters/storage/testing/postgres_server.hpp"
#include "domain/decide.hpp"

namespace costage::storage {
namespace {

using namespace domain;
using namespace std::chrono_literals;
using app::Commit;
using testing::PostgresProcess;

const Actor kHost{UserId{"host"}, "Hanna"};
const RoomId kRoom{"room"};
const WallTime kNow = from_unix_ms(1'800'000'000'000);

Commit run(Database& database, app::Storage::Work work) {
  return run_together(database, {{std::move(work), {}}}).at(0);
}

bool create_room(app::Transaction& tx, const RoomId& id = kRoom) {
  CreateRoom create;
  create.actor = kHost;
  create.id = id;
  create.title = "0";
  const Events events = *domain::create_room(create, kNow);
  tx.rooms().save({}, replay({}, events), events);
  return true;
}

// Counts in the room's title: lost when two decide on the same state.
bool count_up(app::Transaction& tx, const RoomId& id = kRoom) {
  const RoomState before = *tx.rooms().load(id);
  UpdateRoom update{before.room, kHost};
  update.title = std::to_string(std::stoi(before.room.title) + 1);
  const Events events = *domain::decide(before, update, kNow);
  tx.rooms().save(before, replay(before, events), events);
  return true;
}

std::string title(Database& database, const RoomId& id = kRoom) {
  std::string out;
  EXPECT_EQ(run(database, [&](app::Transaction& tx) { return out = tx.rooms().load(id)->room.title, false; }),
            Commit::done);
  return out;
}

class Postgres : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!testing::postgres_process().is_there()) GTEST_SKIP() << "PostgreSQL is not installed";
    url_ = testing::new_postgres_url();
  }
  std::shared_ptr<PostgresServer> open(const Secret& url) {
    SeededRng rng(seed_++);
    auto server = open_postgres(url, rng);
    EXPECT_TRUE(server) << server.error();
    return *server;
  }
  std::string why_not(const std::string& url) {
    SeededRng rng(seed_++);
    const auto server = open_postgres(Secret{url}, rng);
    return server ? "" : server.error();
  }

  Secret url_;
  unsigned seed_ = 1;
};

TEST_F(Postgres, NodesThatStartTogetherMakeTheTablesOnce) {
  std::vector<std::future<std::string>> starts;
  for (unsigned i = 0; i < 6; ++i)
    starts.push_back(std::async(std::launch::async, [url = url_, i] {
      SeededRng rng(i);
      const auto server = open_postgres(url, rng);
      return server ? std::string{} : server.error();
    }));
  for (auto& start : starts) EXPECT_EQ(start.get(), "");
  std::string epochs[2];
  for (std::string& epoch : epochs) {
    const auto database = connect_postgres(open(url_), Use::reads);
    EXPECT_EQ(run(*database, [&](app::Transaction& tx) { return epoch = tx.history().epoch(), false; }), Commit::done);
  }
  EXPECT_EQ(epochs[0].size(), 12u);
  EXPECT_EQ(epochs[0], epochs[1]) << "the histories keep their name";
}

TEST_F(Postgres, SaysWhatItIsThatCannotBeUsed) {
  EXPECT_THAT(why_not("postgresql://costage@127.0.0.1:1/none"), ::testing::HasSubstr("onnection refused"));
  testing::run_sql(url_.reveal(), "CREATE TABLE invoices (id BIGINT)");
  EXPECT_THAT(why_not(url_.reveal()), ::testing::HasSubstr("tables of another program"));
  const Secret newer = testing::new_postgres_url();
  (void)open(newer);
  testing::run_sql(newer.reveal(), "UPDATE meta SET value = '999' WHERE name = 'schema_version'");
  EXPECT_THAT(why_not(newer.reveal()), ::testing::HasSubstr("newer version"));
  const Secret secret{"postgresql://costage:hunter2@127.0.0.1:1/none"};
  EXPECT_THAT(why_not(secret.reveal()), ::testing::Not(::testing::HasSubstr("hunter2")));
}

TEST_F(Postgres, WritersOfOneRoomWaitForEachOther) {
  const auto first = connect_postgres(open(url_), Use::writes);
  ASSERT_EQ(run(*first, [](app::Transaction& tx) { return create_room(tx); }), Commit::done);
  constexpr int kWriters = 4, kEach = 50;
  std::vector<std::future<int>> writers;
  for (int i = 0; i < kWriters; ++i)
    writers.push_back(std::async(std::launch::async, [server = open(url_)] {
      const auto database = connect_postgres(server, Use::writes);
      int counted = 0;
      while (counted < kEach) {
        const Commit commit = run(*database, [](app::Transaction& tx) { return count_up(tx); });
        if (commit == Commit::done) ++counted;
        if (commit == Commit::failed || commit == Commit::damaged) return -1;
      }
      return counted;
    }));
  for (auto& writer : writers) EXPECT_EQ(writer.get(), kEach);
  EXPECT_EQ(title(*first), std::to_string(kWriters * kEach)) << "nobody wrote over another";
}

TEST_F(Postgres, WhoLocksInAnotherOrderLosesARaceAndNothingElse) {
  const auto server = open(url_);
  const auto a = connect_postgres(server, Use::writes), b = connect_postgres(server, Use::writes);
  const RoomId one{"one"}, two{"two"};
  for (const RoomId& id : {one, two})
    ASSERT_EQ(run(*a, [&](app::Transaction& tx) { return create_room(tx, id); }), Commit::done);
  std::promise<void> a_has_one, b_has_two;
  const auto crossing = [](const RoomId& first, const RoomId& second, std::promise<void>& mine,
                           std::promise<void>& other) {
    return std::vector<Unit>{{[&](app::Transaction& tx) {
                                count_up(tx, first);
                                mine.set_value();
                                return other.get_future().wait(), true;
                              },
                              {}},
                             {[&](app::Transaction& tx) { return count_up(tx, second); }, {}}};
  };
  auto theirs =
      std::async(std::launch::async, [&] { return run_together(*b, crossing(two, one, b_has_two, a_has_one)); });
  const auto ours = run_together(*a, crossing(one, two, a_has_one, b_has_two));
  const auto others = theirs.get();
  EXPECT_EQ(ours.at(0), Commit::done);
  EXPECT_EQ(others.at(0), Commit::done);
  const int lost =
      static_cast<int>(ours.at(1) == Commit::lost_race) + static_cast<int>(others.at(1) == Commit::lost_race);
  EXPECT_GE(lost, 1) << "one of them gives way, to decide again";
  EXPECT_EQ(std::stoi(title(*a, one)) + std::stoi(title(*a, two)), 4 - lost);
  EXPECT_FALSE(a->health.trouble());
}

TEST_F(Postgres, AReaderSeesOneMoment) {
  const auto server = open(url_);
  const auto writer = connect_postgres(server, Use::writes), reader = connect_postgres(server, Use::reads);
  ASSERT_EQ(run(*writer, [](app::Transaction& tx) { return create_room(tx); }), Commit::done);
  const auto twice = [&](app::Transaction& tx) {
    const auto before = tx.rooms().load(kRoom);
    EXPECT_EQ(run(*writer, [](app::Transaction& other) { return count_up(other); }), Commit::done);
    EXPECT_EQ(tx.rooms().load(kRoom), before);
    return false;
  };
  EXPECT_EQ(run(*reader, twice), Commit::done);
  EXPECT_EQ(title(*reader), "1");
}

TEST_F(Postgres, WhatWasUndoneHereIsNotTakenForWhatAnotherWrote) {
  const auto server = open(url_);
  const auto a = connect_postgres(server, Use::writes), b = connect_postgres(server, Use::writes);
  ASSERT_EQ(run(*a, [](app::Transaction& tx) { return create_room(tx); }), Commit::done);
  EXPECT_EQ(run(*a, [](app::Transaction& tx) { return count_up(tx), count_up(tx), false; }), Commit::done);
  EXPECT_EQ(run(*b, [](app::Transaction& tx) { return count_up(tx); }), Commit::done);
  EXPECT_EQ(title(*a), "1");
  EXPECT_EQ(run(*a, [](app::Transaction& tx) { return count_up(tx); }), Commit::done);
  EXPECT_EQ(title(*b), "2");
}

// ---- a server of its own, which goes away ----

class PostgresAway : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!process_.is_there()) GTEST_SKIP() << "PostgreSQL is not installed";
    SeededRng rng(1);
    auto server = open_postgres(Secret{process_.url()}, rng);
    ASSERT_TRUE(server) << server.error();
    database_ = connect_postgres(*server, Use::writes);
    ASSERT_EQ(count(), Commit::done);
  }
  Commit count() {
    return run(*database_,
               [](app::Transaction& tx) { return tx.rooms().load(kRoom) ? count_up(tx) : create_room(tx); });
  }
  // Bounded by the test's own time limit.
  void count_until(Commit wanted) {
    while (count() != wanted) std::this_thread::sleep_for(10ms);
  }

  PostgresProcess process_;
  std::unique_ptr<Database> database_;
};

TEST_F(PostgresAway, KilledItIsThereAgainWithAllThatWasAcknowledged) {
  int acknowledged = 0;
  for (int i = 0; i < 5; ++i) acknowledged += count() == Commit::done ? 1 : 0;
  process_.kill_hard();
  EXPECT_EQ(count(), Commit::failed);
  ASSERT_TRUE(database_->health.trouble());
  EXPECT_THAT(*database_->health.trouble(), ::testing::HasSubstr("does not answer"));
  const auto begun = std::chrono::steady_clock::now();
  for (int i = 0; i < 100; ++i) EXPECT_EQ(count(), Commit::failed);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 2s) << "while it is away nobody waits";
  process_.start();
  count_until(Commit::done);
  EXPECT_FALSE(database_->health.trouble());
  EXPECT_EQ(title(*database_), std::to_string(acknowledged + 1));
}

TEST_F(PostgresAway, StoppedItIsGivenUpOn) {
  process_.signal(SIGSTOP);
  process_.signal_children(SIGSTOP);
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(count(), Commit::failed);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 2 * PostgresServer::kPatience);
  ASSERT_TRUE(database_->health.trouble());
  process_.signal_children(SIGCONT);
  process_.signal(SIGCONT);
  count_until(Commit::done);
  EXPECT_FALSE(database_->health.trouble());
}

TEST_F(PostgresAway, AConnectionThatIsEndedIsMadeAgain) {
  testing::run_sql(process_.url(),
                   "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                   "AND backend_type = 'client backend'");
  EXPECT_EQ(count(), Commit::done) << "nothing was under way, and the server is there";
}

}  // namespace
}  // namespace costage::storage
