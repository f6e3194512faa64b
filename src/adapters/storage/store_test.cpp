// One suite for every storage: what the port promises holds in memory and in SQLite alike.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "adapters/storage/memory_store.hpp"
#include "adapters/storage/sqlite_store.hpp"
#include "adapters/storage/testing/folder.hpp"
#include "adapters/storage/testing/loop.hpp"
#include "domain/decide.hpp"

namespace costage::storage {
namespace {

using app::Commit;
using app::Transaction;
using domain::InvitationStatus;
using domain::RoomId;
using domain::UserId;

WallTime at(std::int64_t second) { return from_unix_ms(1'763'700'000'000 + second * 1000); }

domain::RoomState new_room(const std::string& id, std::int64_t second, Transaction& t) {
  domain::CreateRoom create;
  create.actor = {UserId{"host"}, "Host \"Ünïcode\" 'quote'"};
  create.id = RoomId{id};
  create.title = "Show " + id;
  const auto events = domain::create_room(create, at(second));
  domain::RoomState state = domain::replay({}, *events);
  t.save_room(state, *events);
  return state;
}

// Decides and saves; the command must not be refused.
domain::RoomState change(Transaction& t, const std::string& room, const domain::Command& command, std::int64_t second) {
  domain::RoomState state = *t.load_room(RoomId{room});
  const auto events = domain::decide(state, command, at(second));
  if (!events) throw std::runtime_error(std::string{events.error().sentence()});
  state = domain::replay(state, *events);
  t.save_room(state, *events);
  return state;
}

domain::Invite invite(const std::string& id, const std::string& user) {
  domain::Invite command;
  command.actor = {UserId{"host"}, "Host"};
  command.id = domain::InvitationId{id};
  command.invitee = UserId{user};
  command.invitee_name = "User " + user;
  command.invitee_watching = true;
  return command;
}

struct InMemory {
  MemoryStore store{"epoch-1"};
  Commit run(app::Storage::Work work) {
    Commit outcome{};
    EXPECT_TRUE(store.submit(std::move(work), [&](Commit c) { outcome = c; }));
    store.run();
    return outcome;
  }
};

struct InSqlite {
  testing::Folder folder;
  testing::Loop loop;
  std::unique_ptr<SqliteStore> store =
      SqliteStore::open({folder.file("costage.db"), "epoch-1"}, [this](auto f) { loop.post(std::move(f)); }).value();
  Commit run(app::Storage::Work work) {
    Commit outcome{};
    bool done = false;
    EXPECT_TRUE(store->submit(std::move(work), [&](Commit c) { outcome = c, done = true; }));
    loop.run_until([&] { return done; });
    return outcome;
  }
};

template <class Fixture>
class Storage : public ::testing::Test {
 protected:
  // Runs a unit of work that must commit.
  template <class F>
  void write(F f) {
    ASSERT_EQ(fixture_.run([&](Transaction& t) { return f(t), true; }), Commit::done);
  }
  template <class F>
  void read(F f) {
    ASSERT_EQ(fixture_.run([&](Transaction& t) { return f(t), false; }), Commit::done);
  }
  Fixture fixture_;
};
using Stores = ::testing::Types<InMemory, InSqlite>;
TYPED_TEST_SUITE(Storage, Stores);

TYPED_TEST(Storage, GivesBackARoomAsItWasSaved) {
  domain::RoomState saved;
  this->write([&](Transaction& t) {
    new_room("r1", 0, t);
    saved = change(t, "r1", invite("i1", "bob"), 1);
  });
  this->read([&](Transaction& t) {
    EXPECT_EQ(t.load_room(RoomId{"r1"}), saved);
    EXPECT_EQ(t.find_room(RoomId{"r1"}), saved.room);
    EXPECT_EQ(t.find_invitation(domain::InvitationId{"i1"}), saved.invitations.at(0));
    EXPECT_FALSE(t.load_room(RoomId{"r2"}).has_value());
    EXPECT_FALSE(t.find_invitation(domain::InvitationId{"i2"}).has_value());
  });
}

TYPED_TEST(Storage, TheHistoryReplaysToTheState) {
  domain::RoomState saved;
  this->write([&](Transaction& t) {
    new_room("r1", 0, t);
    change(t, "r1", invite("i1", "bob"), 1);
    change(t, "r1", domain::AcceptInvitation{{UserId{"bob"}, "Bob"}, domain::InvitationId{"i1"}}, 2);
    change(t, "r1", domain::OpenLease{{UserId{"host"}, "Host"}, domain::LeaseId{"l1"}}, 3);
    change(t, "r1", domain::MediaJoined{UserId{"host"}, domain::LeaseId{"l1"}}, 4);
    change(t, "r1", domain::TrackStarted{UserId{"host"}, domain::DeviceKind::camera}, 5);
    saved = change(t, "r1", domain::StopRoom{{UserId{"host"}, "Host"}}, 6);
  });
  this->read([&](Transaction& t) {
    const domain::Events all = t.events_since(RoomId{"r1"}, 0, 1000);
    ASSERT_EQ(all.size(), saved.seq);
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i].seq, i + 1);
    EXPECT_EQ(domain::replay({}, all).room, saved.room);
    EXPECT_EQ(domain::replay({}, all).stage, saved.stage);
    EXPECT_EQ(t.events_since(RoomId{"r1"}, 3, 2), (domain::Events{all[3], all[4]}));
    EXPECT_TRUE(t.events_since(RoomId{"r1"}, saved.seq, 10).empty());
  });
}

TYPED_TEST(Storage, ARefusedUnitLeavesNothing) {
  this->write([&](Transaction& t) { new_room("r1", 0, t); });
  this->read([&](Transaction& t) {  // gives false: rolled back
    change(t, "r1", invite("i1", "bob"), 1);
    new_room("r2", 1, t);
    t.put_user({UserId{"eve"}, "Eve"});
  });
  this->read([&](Transaction& t) {
    EXPECT_EQ(t.load_room(RoomId{"r1"})->seq, 1u);
    EXPECT_TRUE(t.load_room(RoomId{"r1"})->invitations.empty());
    EXPECT_EQ(t.events_since(RoomId{"r1"}, 0, 10).size(), 1u);
    EXPECT_FALSE(t.load_room(RoomId{"r2"}).has_value());
    EXPECT_FALSE(t.find_invitation(domain::InvitationId{"i1"}).has_value());
    EXPECT_FALSE(t.find_user(UserId{"eve"}).has_value());
  });
}

TYPED_TEST(Storage, ListsRoomsByStatusInPages) {  // N-011
  this->write([&](Transaction& t) {
    for (int i = 0; i < 7; ++i) new_room("r" + std::to_string(i), i / 2, t);  // pairs share their creation time
    change(t, "r3", domain::StopRoom{{UserId{"host"}, "Host"}}, 10);
  });
  this->read([&](Transaction& t) {
    app::RoomFilter filter{{domain::RoomStatus::idle, domain::RoomStatus::live}, app::SortBy::first_created};
    std::vector<std::string> seen;
    app::PageRequest request{2, ""};
    do {
      const auto page = t.list_rooms(filter, request);
      EXPECT_LE(page.items.size(), 2u);
      for (const auto& room : page.items) seen.push_back(room.id.value());
      request.cursor = page.next_cursor;
    } while (!request.cursor.empty());
    EXPECT_EQ(seen, (std::vector<std::string>{"r0", "r1", "r2", "r4", "r5", "r6"}));

    const auto last = t.list_rooms({{}, app::SortBy::last_created}, {3, ""});
    ASSERT_EQ(last.items.size(), 3u);
    EXPECT_EQ(last.items[0].id.value(), "r6");
    EXPECT_EQ(last.items[1].id.value(), "r5");
    EXPECT_EQ(t.list_rooms({{}, app::SortBy::last_created}, {3, last.next_cursor}).items[0].id.value(), "r3");
    EXPECT_TRUE(t.list_rooms({{domain::RoomStatus::error}, {}}, {3, ""}).items.empty());
    EXPECT_EQ(t.list_rooms({{}, {}}, {2, "no cursor"}).items.size(), 2u) << "nonsense starts from the beginning";
  });
}

TYPED_TEST(Storage, ListsOpenRoomsForTheStart) {
  this->write([&](Transaction& t) {
    for (const char* id : {"a", "b", "c"}) new_room(id, 0, t);
    change(t, "b", domain::StopRoom{{UserId{"host"}, "Host"}}, 1);
  });
  this->read([&](Transaction& t) {
    EXPECT_EQ(t.open_rooms(RoomId{""}, 1), std::vector<RoomId>{RoomId{"a"}});
    EXPECT_EQ(t.open_rooms(RoomId{"a"}, 10), std::vector<RoomId>{RoomId{"c"}});
  });
}

TYPED_TEST(Storage, FiltersInvitationsByTheStatusOfNow) {  // S-041, S-046, D9
  this->write([&](Transaction& t) {
    new_room("r1", 0, t);
    change(t, "r1", invite("i1", "bob"), 1);
    change(t, "r1", invite("i2", "eve"), 2);
    change(t, "r1", domain::RejectInvitation{{UserId{"eve"}, "Eve"}, domain::InvitationId{"i2"}}, 3);
  });
  const auto ids = [&](Transaction& t, std::vector<InvitationStatus> statuses, std::int64_t now) {
    std::vector<std::string> out;
    for (const auto& i :
         t.list_invitations({RoomId{"r1"}, {}, std::move(statuses), app::SortBy::first_created, at(now)}, {10, ""}).items)
      out.push_back(i.id.value());
    return out;
  };
  using Ids = std::vector<std::string>;
  this->read([&](Transaction& t) {
    EXPECT_EQ(ids(t, {}, 5), (Ids{"i1", "i2"}));
    EXPECT_EQ(ids(t, {InvitationStatus::pending}, 5), Ids{"i1"});
    EXPECT_EQ(ids(t, {InvitationStatus::pending}, 60), Ids{"i1"});
    EXPECT_EQ(ids(t, {InvitationStatus::pending}, 61), Ids{}) << "created at 1 s with 60 s to live";
    EXPECT_EQ(ids(t, {InvitationStatus::expired}, 61), Ids{"i1"});
    EXPECT_EQ(ids(t, {InvitationStatus::expired, InvitationStatus::rejected}, 61), (Ids{"i1", "i2"}));
    const auto mine = t.list_invitations({{}, UserId{"eve"}, {}, app::SortBy::last_created, at(5)}, {10, ""});
    ASSERT_EQ(mine.items.size(), 1u);
    EXPECT_EQ(mine.items[0].status, InvitationStatus::rejected);
    EXPECT_EQ(t.pending_elsewhere(UserId{"bob"}, RoomId{"r2"}, at(5)), 1u);
    EXPECT_EQ(t.pending_elsewhere(UserId{"bob"}, RoomId{"r1"}, at(5)), 0u);
    EXPECT_EQ(t.pending_elsewhere(UserId{"bob"}, RoomId{"r2"}, at(61)), 0u);
  });
}

TYPED_TEST(Storage, LoadsTheNewestInvitationOfEachInvitee) {  // S-025
  domain::RoomState saved;
  this->write([&](Transaction& t) {
    new_room("r1", 0, t);
    change(t, "r1", invite("i1", "bob"), 1);
    change(t, "r1", invite("i2", "eve"), 2);
    change(t, "r1", domain::CancelInvitation{{UserId{"host"}, "Host"}, domain::InvitationId{"i1"}}, 3);
    saved = change(t, "r1", invite("i3", "bob"), 4);
  });
  this->read([&](Transaction& t) {
    EXPECT_EQ(t.load_room(RoomId{"r1"}), saved);
    EXPECT_EQ(saved.invitations.size(), 2u);
    EXPECT_EQ(t.find_invitation(domain::InvitationId{"i1"})->status, InvitationStatus::cancelled);
  });
}

TYPED_TEST(Storage, KeepsAnswersUntilTheyAreOld) {
  const auto record = [](const std::string& key, std::int64_t second) {
    return app::IdempotencyRecord{UserId{"bob"}, key, "POST /v1/rooms", at(second), app::User{UserId{"bob"}, "Bob"}};
  };
  this->write([&](Transaction& t) {
    t.put_answer(record("k1", 0));
    t.put_answer(record("k2", 10));
  });
  this->write([&](Transaction& t) { t.forget_answers_before(at(10)); });
  this->read([&](Transaction& t) {
    EXPECT_FALSE(t.find_answer(UserId{"bob"}, "k1").has_value());
    EXPECT_EQ(t.find_answer(UserId{"bob"}, "k2"), record("k2", 10));
    EXPECT_FALSE(t.find_answer(UserId{"eve"}, "k2").has_value()) << "a key belongs to its user";
  });
}

TYPED_TEST(Storage, KeepsEveryKindOfAnswer) {
  domain::RoomState state;
  this->write([&](Transaction& t) {
    new_room("r1", 0, t);
    change(t, "r1", domain::OpenLease{{UserId{"host"}, "Host"}, domain::LeaseId{"l1"}}, 1);
    state = change(t, "r1", invite("i1", "bob"), 2);
    const app::StoredAnswer answers[] = {state.room, app::StoredInvitation{state.invitations[0], true},
                                         app::StoredStage{state.room.id, state.stage},
                                         app::StoredLease{state.room.id, state.stage.seats[0]}};
    for (std::size_t i = 0; i < std::size(answers); ++i)
      t.put_answer({UserId{"host"}, "k" + std::to_string(i), "request", at(3), answers[i]});
  });
  this->read([&](Transaction& t) {
    EXPECT_EQ(t.find_answer(UserId{"host"}, "k0")->answer, app::StoredAnswer{state.room});
    EXPECT_EQ(t.find_answer(UserId{"host"}, "k1")->answer,
              (app::StoredAnswer{app::StoredInvitation{state.invitations[0], true}}));
    EXPECT_EQ(t.find_answer(UserId{"host"}, "k2")->answer,
              (app::StoredAnswer{app::StoredStage{state.room.id, state.stage}}));
    EXPECT_EQ(t.find_answer(UserId{"host"}, "k3")->answer,
              (app::StoredAnswer{app::StoredLease{state.room.id, state.stage.seats[0]}}));
  });
}

TYPED_TEST(Storage, RemembersUsersAndItsEpoch) {
  this->write([&](Transaction& t) {
    t.put_user({UserId{"bob"}, "Bob"});
    t.put_user({UserId{"bob"}, "Robert'); DROP TABLE users;--"});
  });
  this->read([&](Transaction& t) {
    EXPECT_EQ(t.find_user(UserId{"bob"})->name, "Robert'); DROP TABLE users;--");
    EXPECT_FALSE(t.find_user(UserId{"eve"}).has_value());
    EXPECT_EQ(t.history_epoch(), "epoch-1");
  });
}

TEST(MemoryStore, AFailedCommitTakesEverythingBack) {
  MemoryStore store{"epoch-1"};
  std::vector<Commit> outcomes;
  const auto submit = [&](const std::string& id) {
    EXPECT_TRUE(store.submit([id](Transaction& t) { return new_room(id, 0, t), true; },
                             [&](Commit c) { outcomes.push_back(c); }));
  };
  submit("r1");
  store.run();
  store.fail_next_commit();
  submit("r2");
  submit("r3");
  store.run();
  EXPECT_EQ(outcomes, (std::vector<Commit>{Commit::done, Commit::failed, Commit::failed}));
  (void)store.submit(
      [](Transaction& t) {
        EXPECT_TRUE(t.find_room(RoomId{"r1"}).has_value());
        EXPECT_FALSE(t.find_room(RoomId{"r2"}).has_value());
        return false;
      },
      [](Commit) {});
  store.run();
}

TEST(MemoryStore, RefusesWhenItsQueueIsFull) {
  MemoryStore store{"epoch-1", 2};
  const auto submit = [&] { return store.submit([](Transaction&) { return true; }, [](Commit) {}); };
  EXPECT_TRUE(submit());
  EXPECT_TRUE(submit());
  EXPECT_FALSE(submit());
  store.run();
  EXPECT_TRUE(submit());
}

TEST(SqliteStore, AFolderThatCannotBeWrittenIsOneClearSentence) {
  const auto store = SqliteStore::open({"/proc/no-such-folder/costage.db", "e"}, [](auto) {});
  ASSERT_FALSE(store.has_value());
  EXPECT_EQ(store.error().find("The database /proc/no-such-folder/costage.db cannot be opened"), 0u) << store.error();
  EXPECT_EQ(store.error().find('\n'), std::string::npos);
}

TEST(SqliteStore, AUnitThatThrowsFailsAlone) {
  InSqlite sqlite;
  EXPECT_EQ(sqlite.run([](Transaction& t) -> bool {
    new_room("r1", 0, t);
    throw std::runtime_error("broken");
  }),
            Commit::failed);
  EXPECT_EQ(sqlite.run([](Transaction& t) { return new_room("r2", 0, t), true; }), Commit::done);
  sqlite.run([](Transaction& t) {
    EXPECT_FALSE(t.find_room(RoomId{"r1"}).has_value());
    EXPECT_TRUE(t.find_room(RoomId{"r2"}).has_value());
    return false;
  });
}

TEST(SqliteStore, KeepsEverythingOverARestartAndSharesCommits) {
  testing::Folder folder;
  testing::Loop loop;
  const auto open = [&](const std::string& epoch) {
    return SqliteStore::open({folder.file("costage.db"), epoch}, [&](auto f) { loop.post(std::move(f)); }).value();
  };
  auto store = open("epoch-1");
  int done = 0;
  for (int i = 0; i < 200; ++i)
    ASSERT_TRUE(store->submit([i](Transaction& t) { return new_room("r" + std::to_string(i), i, t), true; },
                              [&](Commit c) { done += c == Commit::done; }));
  loop.run_until([&] { return done == 200; });
  EXPECT_LT(store->commits(), 200u) << "units that wait together share a commit";
  store = open("epoch-2");
  bool read = false;
  ASSERT_TRUE(store->submit(
      [](Transaction& t) {
        EXPECT_EQ(t.open_rooms(RoomId{""}, 1000).size(), 200u);
        EXPECT_EQ(t.history_epoch(), "epoch-1");
        return false;
      },
      [&](Commit) { read = true; }));
  loop.run_until([&] { return read; });
}

}  // namespace
}  // namespace costage::storage
