// What every database behind the storage port must do. Each adapter's test instantiates it with how to make an empty
// one: INSTANTIATE_TEST_SUITE_P(Memory, StoreSuite, ::testing::Values(make_memory)).
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "adapters/storage/group_commit.hpp"
#include "domain/decide.hpp"

namespace costage::storage {

using MakeDatabase = std::function<std::unique_ptr<Database>()>;

class StoreSuite : public ::testing::TestWithParam<MakeDatabase> {
 protected:
  void SetUp() override {
    database = GetParam()();
    if (!database) GTEST_SKIP() << "PostgreSQL is not installed";
  }

  // Runs one unit of work and gives what it returns.
  template <class F>
  auto in_transaction(F work, bool keep = true) {
    database->forget();  // what is stored counts
    std::optional<decltype(work(database->transaction()))> out;
    const auto commits = run_together(*database, {{[&](app::Transaction& tx) {
                                                     out = work(tx);
                                                     return keep;
                                                   },
                                                   {}}});
    EXPECT_EQ(commits.at(0), app::Commit::done);
    return out.value();
  }
  domain::RoomState load(const domain::RoomId& room) {
    return in_transaction([&](app::Transaction& tx) { return tx.rooms().load(room); }).value();
  }
  // Decides on the stored room, saves, and gives the room as stored.
  domain::RoomState run(const domain::RoomId& room, const domain::Command& command);
  domain::RoomState create(const std::string& id, WallTime at);

  std::unique_ptr<Database> database;
  WallTime now = from_unix_ms(1'800'000'000'000);
};

}  // namespace costage::storage
