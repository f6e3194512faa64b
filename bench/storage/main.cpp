// storage_bench: what durable writes cost by themselves, and whether two nodes ever disagree. bench/storage.mjs drives
// it.
//   storage_bench writes [--database URL | --data FOLDER] [--seconds 10]   writes of rooms, by the program's own code
//   storage_bench raw --data FOLDER [--seconds 10] [--together N]           the same statements in a plain loop
//   storage_bench races --database URL [--rounds 100000]                    accept, cancel and expiry on one invitation
// Each prints one line of JSON.
#include <fmt/format.h>
#include <sqlite3.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include "adapters/config/system_rng.hpp"
#include "adapters/storage/pool.hpp"
#include "adapters/storage/postgres.hpp"
#include "adapters/storage/sqlite.hpp"
#include "base/check.hpp"
#include "domain/decide.hpp"

namespace costage {
namespace {

using namespace domain;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int kRooms = 256, kAtOnce = 512, kConnections = 4;
const Actor kHost{UserId{"host"}, "Hanna"}, kGuest{UserId{"guest"}, "Gus"};

RoomId room_id(int index) { return RoomId{"bench-" + std::to_string(index)}; }
WallTime wall() { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

bool save(app::Transaction& tx, const RoomState& before, const Answer<Events>& events) {
  if (!events || events->empty()) return false;
  tx.rooms().save(before, replay(before, *events), *events);
  return true;
}

bool create(app::Transaction& tx, const RoomId& id) {
  if (tx.rooms().load(id)) return false;
  CreateRoom create;
  create.actor = kHost;
  create.id = id;
  create.title = "Bench";
  create.policies.invite_watchers_only = false;
  return save(tx, {}, create_room(create, wall()));
}

bool rename(app::Transaction& tx, const RoomId& id) {
  const RoomState before = *tx.rooms().load(id);
  UpdateRoom update{before.room, kHost};
  update.title = "Bench " + std::to_string(before.seq);
  return save(tx, before, decide(before, update, wall()));
}

std::shared_ptr<storage::PostgresServer> open_server(const std::string& url) {
  config::SystemRng rng;
  auto server = storage::open_postgres(Secret{url}, rng);
  COSTAGE_CHECK(server, server ? "" : server.error().c_str());
  return *server;
}

std::unique_ptr<storage::Pool> open_pool(const std::string& url) {
  const auto server = open_server(url);
  storage::Pool::Databases writers, readers;
  for (int i = 0; i < kConnections; ++i) writers.push_back(connect_postgres(server, storage::Use::writes));
  readers.push_back(connect_postgres(server, storage::Use::reads));
  return std::make_unique<storage::Pool>(std::move(writers), std::move(readers), [](auto call) { call(); });
}

std::unique_ptr<app::Storage> open_storage(const std::string& url, const std::string& folder) {
  if (!url.empty()) return open_pool(url);
  config::SystemRng rng;
  auto database = storage::open_sqlite(folder, rng);
  COSTAGE_CHECK(database, "the folder can be used");
  return std::make_unique<storage::Worker>(std::move(*database), [](auto call) { call(); });
}

// So many units are under way at any moment; each answer sends the next.
class Writers {
 public:
  explicit Writers(app::Storage& storage) : storage_(storage) {}

  // Gives how many were acknowledged.
  std::uint64_t run(std::chrono::seconds time) {
    ends_ = Clock::now() + time;
    under_way_ = kAtOnce;
    for (int i = 0; i < kAtOnce; ++i) send(i % kRooms);
    std::unique_lock lock(mutex_);
    over_.wait(lock, [this] { return under_way_ == 0; });
    return done_;
  }

 private:
  void send(int index) {
    const auto work = [index](app::Transaction& tx) { return rename(tx, room_id(index)); };
    const auto done = [this, index](app::Commit commit) {
      if (commit == app::Commit::done) ++done_;
      if (Clock::now() < ends_) return send(index);
      const std::lock_guard lock(mutex_);
      if (--under_way_ == 0) over_.notify_one();
    };
    COSTAGE_CHECK(storage_.submit_in(room_id(index).value(), work, done), "the queue has room");
  }

  app::Storage& storage_;
  Clock::time_point ends_;
  std::atomic<std::uint64_t> done_{0};
  std::mutex mutex_;
  std::condition_variable over_;
  int under_way_ = 0;
};

void make_rooms(app::Storage& storage) {
  for (int i = 0; i < kRooms; ++i) {
    std::promise<void> made;
    COSTAGE_CHECK(storage.submit([i](app::Transaction& tx) { return create(tx, room_id(i)); },
                                 [&made](app::Commit) { made.set_value(); }),
                  "the queue has room");
    made.get_future().wait();
  }
}

void bench_writes(const std::string& url, const std::string& folder, int seconds) {
  const auto storage = open_storage(url, folder);
  make_rooms(*storage);
  const std::uint64_t done = Writers(*storage).run(std::chrono::seconds{seconds});
  double together = 0;
  if (const auto* worker = dynamic_cast<storage::Worker*>(storage.get()))
    together = static_cast<double>(worker->counts().units) / static_cast<double>(worker->counts().commits);
  fmt::print("{{\"writesPerSecond\": {}, \"unitsPerCommit\": {:.1f}}}\n", done / static_cast<unsigned>(seconds),
             together);
}

// ---- the same statements, and nothing else ----

class Raw {
 public:
  explicit Raw(const std::string& file) {
    COSTAGE_CHECK(sqlite3_open(file.c_str(), &database_) == SQLITE_OK, "the database opens");
    for (const char* pragma :
         {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA locking_mode = EXCLUSIVE"})
      execute(pragma);
    update_ = prepare("UPDATE streams SET seq = seq + 1 WHERE stream = ?1");
    event_ = prepare(
        "INSERT INTO events (stream, seq, type, at, actor_id, body) SELECT stream, seq, 'room.updated', 1, 'host', "
        "(SELECT body FROM events WHERE stream = ?1 ORDER BY seq LIMIT 1) FROM streams WHERE stream = ?1");
    room_ =
        prepare("UPDATE rooms SET title = ?2, updated_at = updated_at + 1, version = version + 1 WHERE room_id = ?1");
  }
  ~Raw() {
    for (sqlite3_stmt* one : {update_, event_, room_}) sqlite3_finalize(one);
    sqlite3_close(database_);
  }
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;

  std::uint64_t run(std::chrono::seconds time, int together) {
    std::uint64_t done = 0;
    for (const auto end = Clock::now() + time; Clock::now() < end; done += static_cast<std::uint64_t>(together)) {
      execute("BEGIN IMMEDIATE");
      for (int i = 0; i < together; ++i) write(static_cast<int>((done + static_cast<std::uint64_t>(i)) % kRooms));
      execute("COMMIT");
    }
    return done;
  }

 private:
  void write(int index) {
    const std::string id = room_id(index).value();
    step(update_, "room/" + id);
    step(event_, "room/" + id);
    step(room_, id, "Bench and so on");
  }
  void execute(const char* text) {
    COSTAGE_CHECK(sqlite3_exec(database_, text, nullptr, nullptr, nullptr) == SQLITE_OK, "the statement works");
  }
  sqlite3_stmt* prepare(const char* text) {
    sqlite3_stmt* out = nullptr;
    COSTAGE_CHECK(sqlite3_prepare_v2(database_, text, -1, &out, nullptr) == SQLITE_OK, "the statement is right");
    return out;
  }
  static void step(sqlite3_stmt* statement, const std::string& first, const std::string& second = {}) {
    sqlite3_bind_text(statement, 1, first.c_str(), -1, SQLITE_TRANSIENT);
    if (!second.empty()) sqlite3_bind_text(statement, 2, second.c_str(), -1, SQLITE_TRANSIENT);
    COSTAGE_CHECK(sqlite3_step(statement) == SQLITE_DONE, "the statement works");
    sqlite3_reset(statement);
  }

  sqlite3* database_ = nullptr;
  sqlite3_stmt *update_ = nullptr, *event_ = nullptr, *room_ = nullptr;
};

void bench_raw(const std::string& folder, int seconds, int together) {
  make_rooms(*open_storage({}, folder));
  const std::uint64_t done = Raw(folder + "/costage.db").run(std::chrono::seconds{seconds}, together);
  fmt::print("{{\"writesPerSecond\": {}, \"unitsPerCommit\": {}}}\n", done / static_cast<unsigned>(seconds), together);
}

// ---- races ----

// A node: its own connection, which decides again when it lost a race.
class Racer {
 public:
  explicit Racer(const std::string& url) : database_(connect_postgres(open_server(url), storage::Use::writes)) {}

  template <class Verb>
  app::Commit act(Verb verb) {
    for (;;) {
      const app::Commit commit = run_together(*database_, {{verb, {}}}).at(0);
      if (commit != app::Commit::lost_race) return commit;
    }
  }

 private:
  std::unique_ptr<storage::Database> database_;
};

template <class Verb>
auto answering(const RoomId& room, const InvitationId& id, const Actor& actor, WallTime at) {
  return [=](app::Transaction& tx) {
    const auto before = tx.rooms().load(room);
    return save(tx, *before, decide(*before, Verb{{actor, id}}, at));
  };
}
auto running_out(const RoomId& room, WallTime at) {
  return [=](app::Transaction& tx) {
    const auto before = tx.rooms().load(room);
    return save(tx, *before, decide(*before, TimePassed{}, at));
  };
}

struct Counted {
  std::uint64_t accepted = 0, cancelled = 0, expired = 0, wrong = 0;
};

// Each round has a room of its own: no rule about the round before is in its way.
Counted race(const std::string& url, int first, int rounds, std::vector<double>& took) {
  Racer here(url), there(url), judge(url);
  Counted out;
  for (int round = first; round < first + rounds; ++round) {
    const RoomId room{"race-" + std::to_string(round)};
    const InvitationId id{"inv-" + std::to_string(round)};
    WallTime at = wall(), ends;
    judge.act([&](app::Transaction& tx) { return create(tx, room); });
    judge.act([&](app::Transaction& tx) {
      const RoomState before = *tx.rooms().load(room);
      Invite invite;
      invite.actor = kHost;
      invite.id = id;
      invite.invitee = kGuest.user;
      invite.invitee_name = kGuest.name;
      const auto events = decide(before, invite, at);
      COSTAGE_CHECK(events, "anybody may be invited here");
      ends = replay(before, *events).invitations.newest.front().expires_at;
      return save(tx, before, events);
    });
    const auto begun = Clock::now();
    auto other = std::async(std::launch::async, [&] {
      there.act(answering<CancelInvitation>(room, id, kHost, at));
      there.act(running_out(room, ends));
    });
    if (round % 2 == 0) here.act(running_out(room, ends));
    here.act(answering<AcceptInvitation>(room, id, kGuest, at));
    other.get();
    took.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
    judge.act([&](app::Transaction& tx) {
      const auto status = tx.invitations().find(id)->status;
      int ended = 0;
      for (const Event& event : tx.history().since(room, 0, 1000))
        ended += event.type == EventType::invitation_accepted || event.type == EventType::invitation_cancelled ||
                 event.type == EventType::invitation_expired;
      out.accepted += status == InvitationStatus::accepted;
      out.cancelled += status == InvitationStatus::cancelled;
      out.expired += status == InvitationStatus::expired;
      out.wrong += ended != 1 || status == InvitationStatus::pending;
      return false;
    });
  }
  return out;
}

void bench_races(const std::string& url, int rounds) {
  constexpr int kLanes = 4;
  std::vector<std::vector<double>> took(kLanes);
  std::vector<std::future<Counted>> lanes;
  for (int lane = 0; lane < kLanes; ++lane)
    lanes.push_back(std::async(std::launch::async, [&, lane] {
      return race(url, lane * rounds, rounds / kLanes, took[static_cast<std::size_t>(lane)]);
    }));
  Counted all;
  std::vector<double> times;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const Counted one = lanes[lane].get();
    all.accepted += one.accepted, all.cancelled += one.cancelled, all.expired += one.expired, all.wrong += one.wrong;
    times.insert(times.end(), took[lane].begin(), took[lane].end());
  }
  std::ranges::sort(times);
  fmt::print(
      "{{\"rounds\": {}, \"accepted\": {}, \"cancelled\": {}, \"expired\": {}, \"wrong\": {}, \"p50Ms\": {:.2f}, "
      "\"p99Ms\": {:.2f}}}\n",
      times.size(), all.accepted, all.cancelled, all.expired, all.wrong, times[times.size() / 2],
      times[times.size() * 99 / 100]);
}

}  // namespace
}  // namespace costage

int main(int argc, char** argv) {
  std::string what, url, folder;
  int seconds = 10, together = 64, rounds = 100'000;
  CLI::App app{"what durable writes cost"};
  app.add_option("what", what, "writes, raw or races")->required();
  app.add_option("--database", url);
  app.add_option("--data", folder);
  app.add_option("--seconds", seconds);
  app.add_option("--together", together);
  app.add_option("--rounds", rounds);
  CLI11_PARSE(app, argc, argv);
  if (what == "writes") costage::bench_writes(url, folder, seconds);
  if (what == "raw") costage::bench_raw(folder, seconds, together);
  if (what == "races") costage::bench_races(url, rounds);
}
