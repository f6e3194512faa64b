#include "adapters/storage/sqlite.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "adapters/storage/group_commit.hpp"
#include "adapters/storage/testing/temporary_database.hpp"

namespace costage::storage {
namespace {

std::string epoch_of(const std::string& folder, std::uint64_t seed) {
  SeededRng rng(seed);
  const auto database = open_sqlite(folder, rng);
  if (!database) return database.error();
  std::string epoch;
  run_together(**database, {{[&](app::Transaction& tx) { return epoch = tx.history().epoch(), false; }, {}}});
  return epoch;
}

TEST(Sqlite, HistoriesKeepTheirNameUntilTheDatabaseIsAnother) {
  const TemporaryFolder folder, other;
  const std::string epoch = epoch_of(folder.path(), 1);
  EXPECT_EQ(epoch_of(folder.path(), 2), epoch);
  EXPECT_NE(epoch_of(other.path(), 3), epoch);
}

TEST(Sqlite, MakesTheFolder) {
  const TemporaryFolder folder;
  EXPECT_EQ(epoch_of(folder.path() + "/new/deep folder", 1).size(), 12u);
}

TEST(Sqlite, AFolderThatCannotBeUsedIsOneSentence) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() + "/file") << "not a folder";
  SeededRng rng(1);
  const auto refused = open_sqlite(folder.path() + "/file", rng);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error(), ::testing::StartsWith("The data folder " + folder.path() + "/file cannot be used: "));
  EXPECT_EQ(refused.error().find('\n'), std::string::npos);
}

TEST(Sqlite, ADatabaseThatIsNoneIsOneSentence) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() + "/costage.db") << std::string(4096, 'x');
  SeededRng rng(1);
  const auto refused = open_sqlite(folder.path(), rng);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error(), ::testing::HasSubstr("is damaged"));
}

TEST(Sqlite, OneProgramPerFolder) {
  const TemporaryFolder folder;
  SeededRng rng(1);
  const auto first = open_sqlite(folder.path(), rng);
  ASSERT_TRUE(first);
  const auto second = open_sqlite(folder.path(), rng);
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error(),
              ::testing::HasSubstr("another costage (process " + std::to_string(getpid()) + ") is using it"));
}

// SQLite's own locks are lost when anything in the process closes the file; ours are not.
TEST(Sqlite, OneProgramPerFolderEvenAfterTheFileWasReadByUs) {
  const TemporaryFolder folder;
  SeededRng rng(1);
  const auto first = open_sqlite(folder.path(), rng);
  ASSERT_TRUE(first);
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) std::ifstream(entry.path()).get();
  const pid_t child = fork();
  if (child == 0) _exit(open_sqlite(folder.path(), rng) ? 1 : 0);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0) << "a second program opened the folder";
}

TEST(Sqlite, AFolderIsFreeWhenItsProgramEnded) {
  const TemporaryFolder folder;
  SeededRng rng(1);
  ASSERT_TRUE(open_sqlite(folder.path(), rng));
  EXPECT_TRUE(open_sqlite(folder.path(), rng));
}

}  // namespace
}  // namespace costage::storage
