// Moving an embedded database to PostgreSQL: what the program reads there is what it read before, or nothing is there.
#include "adapters/storage/import.hpp"

#include <gmock/gmock.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/wait.h>

#include "adapters/storage/schema.hpp"
#include "adapters/storage/testing/full_database.hpp"
#include "adapters/storage/testing/postgres_server.hpp"
#include "adapters/storage/testing/step_3.hpp"
#include "adapters/storage/testing/temporary_database.hpp"

namespace costage::storage {
namespace {

using namespace testing;
using ::testing::HasSubstr;

class Import : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!postgres_process().is_there()) GTEST_SKIP() << "PostgreSQL is not installed";
    url_ = new_postgres_url();
  }
  std::unique_ptr<Database> open_source() {
    SeededRng rng(1);
    auto opened = open_sqlite(folder_.path(), rng);
    EXPECT_TRUE(opened) << opened.error();
    return std::move(*opened);
  }
  std::unique_ptr<Database> open_target() {
    SeededRng rng(2);
    auto server = open_postgres(url_, rng);
    EXPECT_TRUE(server) << server.error();
    return connect_postgres(*server, Use::writes);
  }
  void write(const std::function<void(Transaction&)>& work) {
    const auto database = open_source();
    const Unit unit{[&](Transaction& tx) { return work(tx), true; }, {}};
    ASSERT_EQ(run_together(*database, {unit}).at(0), app::Commit::done);
  }
  void fill(const std::string& id = "r") {
    write([&](Transaction& tx) {
      Writer writer(tx, RoomId{id});
      if (id != "r") return;
      add_show(writer);
      add_chat(writer);
      add_the_rest(tx, RoomId{id});
    });
  }
  void change(const std::string& sql) {
    soci::session session(soci::sqlite3, "dbname=" + folder_.path() + "/costage.db");
    session << sql;
  }
  Result<Imported, std::string> import_it() {
    SeededRng rng(3);
    return import_to_postgres(folder_.path(), url_, rng);
  }
  std::string why_not() {
    const auto imported = import_it();
    EXPECT_FALSE(imported) << "it was moved";
    return imported ? "" : imported.error();
  }
  // "rooms", "rooms WHERE .."
  long long count(const std::string& rows) {
    const std::string& url = url_.reveal();
    soci::session session(soci::postgresql, url.find('?') == std::string::npos ? url + "?connect_timeout=2" : url);
    long long out = 0;
    session << "SELECT count(*) FROM " + rows, soci::into(out);
    return out;
  }
  void expect_nothing_there() {
    for (const char* table : {"rooms", "streams", "events", "users", "chats", "chat_messages", "webhooks"})
      EXPECT_EQ(count(table), 0) << table;
  }

  TemporaryFolder folder_;
  Secret url_;
};

TEST_F(Import, AllThatWasReadIsReadThere) {
  fill();
  fill("another");
  const Seen before = see(*open_source(), RoomId{"r"});
  const auto imported = import_it();
  ASSERT_TRUE(imported) << imported.error();
  for (const auto& [table, rows] : imported->tables) EXPECT_GT(rows, 0U) << table << ": this test fills every table";
  EXPECT_EQ(imported->rooms, 2U);
  EXPECT_EQ(imported->events, before.history.size() + before.chat_history.size() + 1);
  EXPECT_THAT(report(*imported), HasSubstr("2 rooms, "));
  const Seen after = see(*open_target(), RoomId{"r"});
  EXPECT_EQ(after, before);
  EXPECT_EQ(after.state->room.description, kHardText);
  EXPECT_THAT(after.messages.back().text, HasSubstr(kHardText.substr(kHardText.find('\n'))));
  EXPECT_EQ(after.epoch.size(), 12U) << "clients resume with what they know";
  EXPECT_EQ(see(*open_source(), RoomId{"r"}), before) << "the folder keeps all";
}

TEST_F(Import, WhatItMovedIsWrittenOn) {
  fill();
  ASSERT_TRUE(import_it());
  const auto database = open_target();
  const auto stop = [](Transaction& tx) {
    const RoomState before = *tx.rooms().load(RoomId{"r"});
    const Events events = *decide(before, StopRoom{kHost}, from_unix_ms(1'800'000'100'000));
    tx.rooms().save(before, replay(before, events), events);
    return true;
  };
  EXPECT_EQ(run_together(*database, {{stop, {}}}).at(0), app::Commit::done);
}

TEST_F(Import, AnOldDatabaseIsBroughtUpToDateAndMoved) {
  soci::session session(soci::sqlite3, "dbname=" + folder_.path() + "/costage.db");
  const auto run = [&](std::string_view sql) {
    for (auto end = sql.find(";\n"); end != std::string_view::npos; end = sql.find(";\n")) {
      session << std::string(sql.substr(0, end));
      sql.remove_prefix(end + 2);
    }
  };
  for (const SchemaStep& step : kSchema)
    if (step.version <= 3) run(step.sql);
  run(kRowsOfStep3);
  session << "PRAGMA user_version = 3";
  session.close();
  const auto imported = import_it();
  ASSERT_TRUE(imported) << imported.error();
  EXPECT_EQ(imported->rooms, 2U);
  EXPECT_EQ(imported->events, 9U);
}

TEST_F(Import, RefusesADatabaseThatIsNotEmpty) {
  fill();
  (void)open_target();
  run_sql(url_.reveal(), "INSERT INTO users (user_id, name) VALUES ('u', 'U')");
  EXPECT_THAT(why_not(), HasSubstr("holds rooms or people already"));
  run_sql(url_.reveal(), "DELETE FROM users; INSERT INTO word_lists (room_id, words) VALUES ('', '[]')");
  EXPECT_THAT(why_not(), HasSubstr("rows in its table word_lists"));
  run_sql(url_.reveal(), "DELETE FROM word_lists");
  ASSERT_TRUE(import_it());
  EXPECT_THAT(why_not(), HasSubstr("holds rooms or people already")) << "twice";
}

TEST_F(Import, RefusesAFolderThatIsInUseOrHasNothing) {
  EXPECT_THAT(why_not(), HasSubstr("there is no costage.db in it"));
  fill();
  const auto running = open_source();
  EXPECT_THAT(why_not(), HasSubstr("is using it"));
}

TEST_F(Import, SaysWhichPostgresCannotBeUsed) {
  fill();
  url_ = Secret{"postgresql://costage:hunter2@127.0.0.1:1/none"};
  const std::string sentence = why_not();
  EXPECT_THAT(sentence, HasSubstr("onnection refused"));
  EXPECT_THAT(sentence, ::testing::Not(HasSubstr("hunter2")));
}

TEST_F(Import, ADamagedRoomIsNamedAndNothingIsThere) {
  for (const char* damage :
       {"UPDATE rooms SET title = CAST(x'ff' AS TEXT) WHERE room_id = 'b'",
        "UPDATE rooms SET title = CAST(x'6100' AS TEXT) WHERE room_id = 'b'",
        "UPDATE rooms SET status = 'live' WHERE room_id = 'b'", "UPDATE rooms SET title = 'Not so' WHERE room_id = 'b'",
        "UPDATE chats SET slow_mode = 7 WHERE room_id = 'b'", "DELETE FROM chats WHERE room_id = 'b'",
        "DELETE FROM events WHERE stream = 'room/b'", "UPDATE streams SET seq = 9 WHERE stream = 'room/b'"}) {
    const TemporaryFolder& folder = folder_;
    std::filesystem::remove(folder.path() + "/costage.db");
    for (const char* id : {"a", "b", "c"}) fill(id);
    change(damage);
    const std::string sentence = why_not();
    EXPECT_THAT(sentence, HasSubstr("the room b ")) << damage;
    EXPECT_EQ(sentence.find('\n'), std::string::npos);
    expect_nothing_there();
  }
}

TEST_F(Import, ARowThatPostgresRefusesLeavesNothing) {
  fill();
  change("UPDATE users SET name = CAST(x'ff' AS TEXT)");
  EXPECT_THAT(why_not(), HasSubstr("refuses the rows of users"));
  expect_nothing_there();
}

// As if a row were lost or changed on its way: a trigger does it.
TEST_F(Import, WhatDiffersThereIsFoundAndUndone) {
  for (const char* id : {"a", "b", "c"}) fill(id);
  fill();
  (void)open_target();
  const auto trigger = [&](const std::string& table, const std::string& body) {
    run_sql(url_.reveal(), "CREATE OR REPLACE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + body +
                               " END $$; CREATE TRIGGER meddle BEFORE INSERT ON " + table +
                               " FOR EACH ROW EXECUTE FUNCTION meddle()");
  };
  const auto expect_found = [&](const std::string& table, const std::string& body, const std::string& sentence) {
    trigger(table, body);
    EXPECT_THAT(why_not(), HasSubstr(sentence)) << body;
    expect_nothing_there();
    run_sql(url_.reveal(), "DROP TRIGGER meddle ON " + table);
  };
  expect_found("chat_messages", "IF NEW.message_id = 'line' THEN RETURN NULL; END IF; RETURN NEW;",
               "rows of chat_messages there are");
  expect_found("rooms", "IF NEW.room_id IN ('b', 'c') THEN NEW.title := 'x'; END IF; RETURN NEW;", "the room b ");
  expect_found("events", "IF NEW.stream = 'room/c' THEN NEW.actor_id := 'x'; END IF; RETURN NEW;", "the room c ");
  expect_found("streams", "IF NEW.stream = 'chat/r' THEN NEW.seq := 3; END IF; RETURN NEW;", "the room r ");
  expect_found("chat_messages", "NEW.text := 'x'; RETURN NEW;", "the room r ");
  expect_found("pictures", "NEW.base64 := 'AAAA'; RETURN NEW;", "the room r ");
  EXPECT_TRUE(import_it());
}

TEST_F(Import, KilledInTheMiddleItLeavesNothingAndRunsAgain) {
  const PostgresProcess process;  // whose address has no options
  url_ = Secret{process.url()};
  fill();
  (void)open_target();
  run_sql(url_.reveal(),
          "CREATE FUNCTION rest() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1); RETURN "
          "NULL; END $$; CREATE TRIGGER rest AFTER INSERT ON users EXECUTE FUNCTION rest()");
  const pid_t child = fork();
  if (child == 0) _exit(import_it() ? 0 : 1);
  while (count("pg_stat_activity WHERE wait_event = 'PgSleep'") == 0) std::this_thread::sleep_for(5ms);
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
  expect_nothing_there();
  EXPECT_TRUE(import_it());
}

}  // namespace
}  // namespace costage::storage
