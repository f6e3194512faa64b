#include "adapters/storage/health.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <future>
#include <sstream>

#include "adapters/storage/memory/memory_database.hpp"
#include "adapters/storage/testing/loop.hpp"
#include "adapters/storage/worker.hpp"

namespace costage::storage {
namespace {

using ::testing::HasSubstr;

class HealthTest : public ::testing::Test {
 protected:
  void SetUp() override {
    before_ = spdlog::default_logger();
    spdlog::set_default_logger(
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_)));
  }
  void TearDown() override { spdlog::set_default_logger(before_); }
  [[nodiscard]] auto lines() const { return std::ranges::count(log_.str(), '\n'); }

  Health health;
  std::ostringstream log_;
  std::shared_ptr<spdlog::logger> before_;
};

soci::sqlite3_soci_error sqlite(int code) { return {"of SQLite", code}; }

TEST_F(HealthTest, EachCauseIsLoggedOnceUntilItIsOver) {
  for (int i = 0; i < 3; ++i) health.failed(sqlite(SQLITE_FULL));
  EXPECT_EQ(lines(), 1);
  EXPECT_THAT(health.trouble().value_or(""), HasSubstr("disk is full. Make room"));
  health.failed(sqlite(SQLITE_READONLY));
  EXPECT_EQ(lines(), 2);
  EXPECT_THAT(health.trouble().value_or(""), HasSubstr("read-only"));
  health.wrote();
  EXPECT_FALSE(health.trouble());
  EXPECT_EQ(lines(), 3);
  health.wrote();
  EXPECT_EQ(lines(), 3);
  health.failed(sqlite(SQLITE_FULL));
  EXPECT_EQ(lines(), 4);
}

TEST_F(HealthTest, WhatFollowsFromTheFirstDoesNotHideIt) {
  health.failed(sqlite(SQLITE_FULL));
  health.failed(std::runtime_error("no such savepoint"));
  EXPECT_THAT(health.trouble().value_or(""), HasSubstr("disk is full"));
}

TEST_F(HealthTest, ADamagedDatabaseStaysSo) {
  health.failed(sqlite(SQLITE_CORRUPT));
  health.wrote();
  EXPECT_THAT(health.trouble().value_or(""), HasSubstr("damaged"));
}

TEST_F(HealthTest, ADamagedRecordIsNoTroubleOfTheDatabase) {
  for (int i = 0; i < 3; ++i) health.found(DamagedRecord("room-1: an unknown word"));
  EXPECT_EQ(lines(), 1);
  EXPECT_FALSE(health.trouble());
}

// Nobody has to write for it to be found out.
TEST_F(HealthTest, TheWorkerTriesUntilItWorksAgain) {
  class Failing final : public Database {
   public:
    explicit Failing(std::promise<void>& tried) : tried_(tried) {}
    void begin() override { throw sqlite(SQLITE_FULL); }
    void commit() override {}
    void rollback() override {}
    void open_savepoint() override {}
    void keep_savepoint() override {}
    void undo_savepoint() override {}
    app::Transaction& transaction() override { return memory_.transaction(); }
    void try_writing() override { tried_.set_value(); }

   private:
    MemoryDatabase memory_;
    std::promise<void>& tried_;
  };
  testing::Loop loop;
  std::promise<void> tried;
  Worker worker(std::make_unique<Failing>(tried), [&](auto f) { loop.post(std::move(f)); });
  std::optional<app::Commit> answer;
  ASSERT_TRUE(worker.submit([](app::Transaction&) { return true; }, [&](app::Commit commit) { answer = commit; }));
  loop.run_until([&] { return answer.has_value(); });
  EXPECT_EQ(answer, app::Commit::failed);
  EXPECT_TRUE(worker.trouble());
  tried.get_future().wait();
  while (worker.trouble()) std::this_thread::yield();
}

}  // namespace
}  // namespace costage::storage
