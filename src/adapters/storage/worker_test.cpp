#include "adapters/storage/worker.hpp"

#include <gtest/gtest.h>

#include <future>

#include "adapters/storage/memory/memory_database.hpp"
#include "adapters/storage/testing/loop.hpp"

namespace costage::storage {
namespace {

TEST(Worker, AnswersInOrderAndSharesCommits) {
  testing::Loop loop;
  Worker worker(std::make_unique<MemoryDatabase>(), [&](auto f) { loop.post(std::move(f)); });
  std::promise<void> gate;
  std::vector<int> answers;
  const auto submit = [&](int number, std::function<bool(app::Transaction&)> work) {
    EXPECT_TRUE(worker.submit(std::move(work), [&, number](app::Commit) { answers.push_back(number); }));
  };
  submit(0, [opened = gate.get_future().share()](app::Transaction&) { return opened.wait(), true; });
  while (worker.counts().commits == 0) std::this_thread::yield();
  for (int i = 1; i < 10; ++i) submit(i, [](app::Transaction&) { return true; });
  gate.set_value();
  loop.run_until([&] { return answers.size() == 10; });
  EXPECT_EQ(answers, (std::vector{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
  EXPECT_EQ(worker.counts().commits, 2u) << "what waited together is committed together";
}

TEST(Worker, RefusesWhatDoesNotFitAndCountsIt) {
  testing::Loop loop;
  Worker worker(std::make_unique<MemoryDatabase>(), [&](auto f) { loop.post(std::move(f)); });
  std::promise<void> gate;
  ASSERT_TRUE(worker.submit([opened = gate.get_future().share()](app::Transaction&) { return opened.wait(), true; },
                            [](app::Commit) {}));
  while (worker.counts().commits == 0) std::this_thread::yield();
  const auto submit = [&] { return worker.submit([](app::Transaction&) { return true; }, [](app::Commit) {}); };
  for (std::size_t i = 0; i < Worker::kMaxQueued; ++i) ASSERT_TRUE(submit());
  EXPECT_FALSE(submit());
  EXPECT_EQ(worker.counts().refused, 1u);
  gate.set_value();
}

TEST(Worker, EndsAfterItsWork) {
  int posted = 0;
  {
    Worker worker(std::make_unique<MemoryDatabase>(), [&](auto f) { f(); });
    for (int i = 0; i < 600; ++i)
      ASSERT_TRUE(worker.submit([](app::Transaction&) { return true; }, [&](app::Commit) { ++posted; }));
  }
  EXPECT_EQ(posted, 600);
}

TEST(MemoryStorage, TellsEverybodyWhenTheCommitFails) {
  MemoryStorage storage;
  storage.database.fail_commits = true;
  std::vector<app::Commit> results;
  for (int i = 0; i < 2; ++i)
    ASSERT_TRUE(storage.submit([](app::Transaction& tx) { return tx.users().put({domain::UserId{"u"}, "U"}), true; },
                               [&](app::Commit commit) { results.push_back(commit); }));
  storage.run();
  EXPECT_EQ(results, (std::vector{app::Commit::failed, app::Commit::failed}));
  storage.database.fail_commits = false;
  EXPECT_FALSE(storage.database.users().find(domain::UserId{"u"}));
}

}  // namespace
}  // namespace costage::storage
