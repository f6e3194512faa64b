// Databases that are not as we wrote them: start refuses, or what is damaged is refused and the rest works.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "adapters/storage/group_commit.hpp"
#include "adapters/storage/testing/temporary_database.hpp"
#include "app/cursor.hpp"
#include "domain/decide.hpp"

namespace costage::storage {
namespace {

using app::Commit;
using app::Transaction;
using domain::RoomId;
using ::testing::HasSubstr;

const domain::Actor kHost{domain::UserId{"hanna"}, "Hanna"};
const WallTime kNow = from_unix_ms(1'763'700'000'000);

std::string file_of(const TemporaryFolder& folder) { return folder.path() + "/costage.db"; }

std::string contents(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Result<std::unique_ptr<Database>, std::string> open(const TemporaryFolder& folder) {
  SeededRng rng(1);
  return open_sqlite(folder.path(), rng);
}

Commit run(Database& database, std::function<bool(Transaction&)> work) {
  return run_together(database, {{std::move(work), {}}}).at(0);
}

void add_room(Transaction& tx, const std::string& id, int order) {
  domain::CreateRoom create;
  create.actor = kHost;
  create.id = RoomId{id};
  create.title = "Title of " + id;
  create.metadata = std::string(2000, 'm');  // so that rooms fill pages of their own
  const WallTime at = kNow + std::chrono::seconds{order};
  const auto created = domain::create_room(create, at).value();
  auto state = domain::replay({}, created);
  tx.save_room(state, created);
  domain::Invite invite;
  invite.actor = kHost;
  invite.id = domain::InvitationId{"inv-" + id};
  invite.invitee = domain::UserId{"victor"};
  invite.invitee_name = "Victor";
  const auto invited = domain::decide(state, invite, at);
  ASSERT_TRUE(invited);
  tx.save_room(domain::replay(state, *invited), *invited);
}

void fill(const TemporaryFolder& folder, int rooms) {
  const auto database = open(folder);
  ASSERT_TRUE(database);
  for (int i = 0; i < rooms; ++i)
    ASSERT_EQ(run(**database, [&](Transaction& tx) { return add_room(tx, "room-" + std::to_string(i), i), true; }),
              Commit::done);
}

void change(const TemporaryFolder& folder, const std::string& sql) {
  soci::session session(soci::sqlite3, "dbname=" + file_of(folder));
  session << sql;
}

Commit load(Database& database, const std::string& room) {
  return run(database, [&](Transaction& tx) { return tx.load_room(RoomId{room}).has_value() && false; });
}

TEST(Damage, ARowThatCannotBeConcernsItsRoomAlone) {
  const std::vector<std::string> damages = {
      "UPDATE rooms SET title = CAST(x'ff' AS TEXT) WHERE room_id = 'room-1'",
      "UPDATE rooms SET title = CAST(x'6100' AS TEXT) WHERE room_id = 'room-1'",
      "UPDATE rooms SET status = 'flying' WHERE room_id = 'room-1'",
      "UPDATE rooms SET status = 'live' WHERE room_id = 'room-1'",
      "UPDATE rooms SET created_at = -1 WHERE room_id = 'room-1'",
      "UPDATE rooms SET created_at = 9223372036854775807 WHERE room_id = 'room-1'",
      "UPDATE rooms SET max_co_hosts = -5 WHERE room_id = 'room-1'",
      "UPDATE rooms SET max_co_hosts = 12345678901 WHERE room_id = 'room-1'",
      "UPDATE rooms SET recent_invites = 'soon' WHERE room_id = 'room-1'",
      "UPDATE rooms SET co_host_devices = 'three' WHERE room_id = 'room-1'",
      "UPDATE rooms SET seq = 9223372036854775807 WHERE room_id = 'room-1'",
      "UPDATE invitations SET ttl = 0 WHERE room_id = 'room-1'",
      "UPDATE invitations SET status = 'accepted' WHERE room_id = 'room-1'",
      "UPDATE invitations SET invitee_name = CAST(x'c0af' AS TEXT) WHERE room_id = 'room-1'",
  };
  for (const std::string& damage : damages) {
    const TemporaryFolder folder;
    fill(folder, 3);
    change(folder, damage);
    const auto database = open(folder);
    ASSERT_TRUE(database) << damage << database.error();
    EXPECT_EQ(load(**database, "room-0"), Commit::done) << damage;
    EXPECT_EQ(load(**database, "room-1"), Commit::damaged) << damage;
    EXPECT_EQ(load(**database, "room-2"), Commit::done) << damage;
    EXPECT_FALSE((*database)->health.trouble()) << damage;
  }
}

TEST(Damage, ListsGoOnBehindADamagedRow) {
  const TemporaryFolder folder;
  fill(folder, 5);
  change(folder, "UPDATE rooms SET title = CAST(x'ff' AS TEXT) WHERE room_id IN ('room-1', 'room-2')");
  const auto database = open(folder);
  ASSERT_TRUE(database);
  std::vector<std::string> seen;
  app::PageRequest page{2, ""};
  do {
    const Commit commit = run(**database, [&](Transaction& tx) {
      const auto found = tx.list_rooms({}, page);
      for (const auto& room : found.items) seen.push_back(room.id.value());
      page.cursor = found.next_cursor;
      return false;
    });
    ASSERT_EQ(commit, Commit::done);
  } while (!page.cursor.empty());
  EXPECT_EQ(seen, (std::vector<std::string>{"room-0", "room-3", "room-4"}));
}

TEST(Damage, ADamagedEventRefusesTheHistoryOfItsRoom) {
  const TemporaryFolder folder;
  fill(folder, 2);
  change(folder, "UPDATE events SET body = '{\"id\": 5}' WHERE room_id = 'room-1'");
  const auto database = open(folder);
  ASSERT_TRUE(database);
  const auto read = [&](const std::string& room) {
    return run(**database, [&](Transaction& tx) { return tx.events_since(RoomId{room}, 0, 10).empty() && false; });
  };
  EXPECT_EQ(read("room-0"), Commit::done);
  EXPECT_EQ(read("room-1"), Commit::damaged);
}

TEST(Damage, ADatabaseOfAnotherProgramStaysAsItWas) {
  for (const std::string sql :
       {"CREATE TABLE books (title TEXT)", "PRAGMA application_id = 7; PRAGMA user_version = 1"}) {
    const TemporaryFolder folder;
    change(folder, sql);
    change(folder, "CREATE TABLE IF NOT EXISTS books (title TEXT)");
    const std::string before = contents(file_of(folder));
    const auto refused = open(folder);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error(), HasSubstr("a database of another program"));
    EXPECT_EQ(contents(file_of(folder)), before);
  }
}

TEST(Damage, ADatabaseOfTheFirstVersionsIsOurs) {
  const TemporaryFolder folder;
  fill(folder, 1);
  change(folder, "PRAGMA application_id = 0");
  EXPECT_TRUE(open(folder));
}

// Rooms and bodies of events from before a step of the schema get the default of what it added.
TEST(Damage, AnOlderDatabaseIsBroughtUpToDate) {
  const TemporaryFolder folder;
  fill(folder, 1);
  change(folder, "ALTER TABLE rooms DROP COLUMN co_host_devices");
  change(folder, "ALTER TABLE rooms DROP COLUMN guests_may_watch");
  change(folder, "UPDATE events SET body = json_remove(body, '$.policies.coHostDevices', '$.policies.guestsMayWatch')");
  change(folder, "PRAGMA user_version = 2");
  const auto database = open(folder);
  ASSERT_TRUE(database) << database.error();
  const Commit commit = run(**database, [](Transaction& tx) {
    EXPECT_EQ(tx.load_room(RoomId{"room-0"})->room.policies, domain::Policies{});
    EXPECT_EQ(tx.events_since(RoomId{"room-0"}, 0, 10).size(), 2u);
    return false;
  });
  EXPECT_EQ(commit, Commit::done);
}

TEST(Damage, ANewerDatabaseIsRefused) {
  const TemporaryFolder folder;
  fill(folder, 1);
  change(folder, "PRAGMA user_version = 1000");
  const auto refused = open(folder);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error(), HasSubstr("newer version"));
}

// What start lets through is read without harm: every value that comes out passed check().
TEST(Damage, FlippedBytesAreRefusedOrHarmless) {
  const TemporaryFolder origin;
  fill(origin, 12);
  const std::string good = contents(file_of(origin));
  int refused = 0, damaged = 0;
  for (unsigned seed = 0; seed < 150; ++seed) {
    std::mt19937 random(seed);
    std::string bytes = good;
    for (int i = 0; i < 16; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
    const TemporaryFolder folder;
    std::ofstream(file_of(folder), std::ios::binary) << bytes;
    const auto database = open(folder);
    if (!database) {
      ++refused;
      EXPECT_EQ(database.error().find('\n'), std::string::npos) << seed;
      continue;
    }
    for (int i = 0; i < 12; ++i)
      if (load(**database, "room-" + std::to_string(i)) != Commit::done) ++damaged;
    run(**database, [&](Transaction& tx) { return tx.list_rooms({}, {100, ""}).items.empty() && false; });
  }
  EXPECT_GT(refused, 0);
  EXPECT_GT(damaged, 0);
}

}  // namespace
}  // namespace costage::storage
