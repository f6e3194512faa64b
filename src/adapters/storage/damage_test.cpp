// Databases that are not as we wrote them: start refuses, or what is damaged is refused and the rest works.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "adapters/storage/group_commit.hpp"
#include "adapters/storage/schema.hpp"
#include "adapters/storage/testing/step_3.hpp"
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
  tx.rooms().save({}, state, created);
  domain::Invite invite;
  invite.actor = kHost;
  invite.id = domain::InvitationId{"inv-" + id};
  invite.invitee = domain::UserId{"victor"};
  invite.invitee_name = "Victor";
  const auto invited = domain::decide(state, invite, at);
  ASSERT_TRUE(invited);
  tx.rooms().save(state, domain::replay(state, *invited), *invited);
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
  return run(database, [&](Transaction& tx) { return tx.rooms().load(RoomId{room}).has_value() && false; });
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
      "UPDATE invitation_rates SET recent = 'soon' WHERE room_id = 'room-1'",
      "UPDATE rooms SET co_host_devices = 'three' WHERE room_id = 'room-1'",
      "UPDATE streams SET seq = 9223372036854775807 WHERE stream = 'room/room-1'",
      "INSERT INTO stages (room_id, last_epoch) VALUES ('room-1', -1)",
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
      const auto found = tx.rooms().list({}, page);
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
  change(folder, "UPDATE events SET body = '{\"id\": 5}' WHERE stream = 'room/room-1'");
  const auto database = open(folder);
  ASSERT_TRUE(database);
  const auto read = [&](const std::string& room) {
    return run(**database, [&](Transaction& tx) { return tx.history().since(RoomId{room}, 0, 10).empty() && false; });
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

void statements(soci::session& session, std::string_view sql) {
  for (auto end = sql.find(";\n"); end != std::string_view::npos; end = sql.find(";\n")) {
    session << std::string(sql.substr(0, end));
    sql.remove_prefix(end + 2);
  }
}

// As version 0.1 left it.
void write_step_3(const TemporaryFolder& folder) {
  soci::session session(soci::sqlite3, "dbname=" + file_of(folder));
  for (const SchemaStep& step : kSchema)
    if (step.version <= 3) statements(session, step.sql);
  statements(session, kRowsOfStep3);
  session << "PRAGMA user_version = 3";
}

void expect_the_show_of_step_3(const TemporaryFolder& folder, const domain::Policies& policies) {
  const auto database = open(folder);
  ASSERT_TRUE(database) << database.error();
  const Commit commit = run(**database, [&](Transaction& tx) {
    const auto state = tx.rooms().load(RoomId{"room-1"});
    EXPECT_EQ(state->room.title, "Pottery again");
    EXPECT_EQ(state->room.policies, policies);
    EXPECT_EQ(state->seq, 7u);
    EXPECT_EQ(state->stage.last_epoch, 1u);
    EXPECT_EQ(state->stage.seats.at(0).lease.value(), "lease-1");
    EXPECT_EQ(state->invitations.newest.size(), 2u);
    EXPECT_EQ(state->invitations.recent.size(), 2u);
    const auto history = tx.history().since(RoomId{"room-1"}, 0, 10);
    EXPECT_EQ(history.size(), 7u);
    EXPECT_EQ(domain::replay({}, history).room, state->room);
    EXPECT_EQ(tx.rooms().list({}, {10, ""}).items.size(), 2u);
    EXPECT_TRUE(tx.history().behind("media_rights", {}, 10).empty()) << "its effects are those of the old program";
    return false;
  });
  EXPECT_EQ(commit, Commit::done);
}

TEST(Damage, AnOlderDatabaseIsBroughtUpToDate) {
  const TemporaryFolder folder;
  write_step_3(folder);
  domain::Policies policies;
  policies.guests_may_watch = true;
  policies.co_host_devices = domain::CoHostDevices::both;
  policies.invite_watchers_only = false;
  expect_the_show_of_step_3(folder, policies);
}

// Rooms and bodies of events from before a step of the schema get the default of what it added.
TEST(Damage, AStillOlderOneGetsDefaults) {
  const TemporaryFolder folder;
  write_step_3(folder);
  change(folder, "ALTER TABLE rooms DROP COLUMN co_host_devices");
  change(folder, "ALTER TABLE rooms DROP COLUMN guests_may_watch");
  change(folder, "UPDATE events SET body = json_remove(body, '$.policies.coHostDevices', '$.policies.guestsMayWatch')");
  change(folder, "PRAGMA user_version = 2");
  domain::Policies policies;
  policies.invite_watchers_only = false;
  expect_the_show_of_step_3(folder, policies);
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
    run(**database, [&](Transaction& tx) { return tx.rooms().list({}, {100, ""}).items.empty() && false; });
  }
  EXPECT_GT(refused, 0);
  EXPECT_GT(damaged, 0);
}

}  // namespace
}  // namespace costage::storage
