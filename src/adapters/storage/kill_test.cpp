// kill -9 in the middle of a write storm: no acknowledged write is lost, and no half event is left.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <map>
#include <memory>
#include <random>
#include <string>

#include "adapters/storage/sqlite.hpp"
#include "adapters/storage/testing/loop.hpp"
#include "adapters/storage/testing/temporary_database.hpp"
#include "adapters/storage/worker.hpp"
#include "domain/decide.hpp"

namespace costage::storage {
namespace {

using app::Transaction;
using domain::RoomId;

constexpr int kRooms = 4;
const domain::Actor kHost{domain::UserId{"host"}, "Host"};

RoomId room_id(int index) { return RoomId{"room-" + std::to_string(index)}; }

// One write: makes the room, or changes its title to "title SEQ". Gives the room's new seq.
std::uint64_t write_once(Transaction& t, int index) {
  const WallTime now = from_unix_ms(1'763'700'000'000);
  domain::RoomState state;
  domain::Answer<domain::Events> events = domain::Events{};
  if (auto known = t.rooms().load(room_id(index))) {
    state = *known;
    domain::UpdateRoom update{state.room, kHost};
    update.title = "title " + std::to_string(state.seq + 1);
    events = domain::decide(state, update, now);
  } else {
    domain::CreateRoom create;
    create.actor = kHost;
    create.id = room_id(index);
    create.title = "title 1";
    events = domain::create_room(create, now);
  }
  const domain::RoomState before = state;
  state = domain::replay(state, events.value());
  t.rooms().save(before, state, events.value());
  return state.seq;
}

struct Ack {
  int room = 0;
  std::uint64_t seq = 0;
};

// Writes for ever, telling the pipe of every write that was acknowledged.
[[noreturn]] void write_storm(const std::string& path, int pipe) {
  testing::Loop loop;
  SeededRng rng(1);
  Worker worker(open_sqlite(path, rng).value(), [&](auto f) { loop.post(std::move(f)); });
  std::function<void(int)> keep_writing = [&](int room) {
    auto seq = std::make_shared<std::uint64_t>(0);
    (void)worker.submit([seq, room](Transaction& t) { return *seq = write_once(t, room), true; },
                        [&, seq, room](app::Commit outcome) {
                          const Ack ack{room, *seq};
                          if (outcome != app::Commit::done || write(pipe, &ack, sizeof ack) != sizeof ack) _exit(1);
                          keep_writing(room);
                        });
  };
  for (int i = 0; i < 32; ++i) keep_writing(i % kRooms);
  loop.run_until([] { return false; });
  _exit(0);
}

// Starts the storm, kills it after `count` acknowledgements, and gives all that had been acknowledged.
std::map<int, std::uint64_t> storm_and_kill(const std::string& path, int count) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return {};
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    write_storm(path, ends[1]);
  }
  close(ends[1]);
  std::map<int, std::uint64_t> acknowledged;
  Ack ack;
  for (int n = 0; read(ends[0], &ack, sizeof ack) == sizeof ack; ++n) {
    acknowledged[ack.room] = std::max(acknowledged[ack.room], ack.seq);
    if (n == count) kill(child, SIGKILL);
  }
  close(ends[0]);
  waitpid(child, nullptr, 0);
  return acknowledged;
}

void expect_whole(Transaction& t, int room, std::uint64_t acknowledged) {
  const auto state = t.rooms().load(room_id(room));
  ASSERT_TRUE(state.has_value());
  EXPECT_GE(state->seq, acknowledged) << "an acknowledged write was lost";
  const domain::Events history = t.history().since(room_id(room), 0, 1'000'000);
  ASSERT_EQ(history.size(), state->seq) << "state and history disagree";
  for (std::size_t i = 0; i < history.size(); ++i) ASSERT_EQ(history[i].seq, i + 1);
  EXPECT_EQ(domain::replay({}, history), *state);
  EXPECT_EQ(state->room.title, "title " + std::to_string(state->seq));
}

TEST(Sqlite, Kill9InAWriteStormLosesNothingAcknowledged) {
  const auto seed = std::random_device{}();
  std::mt19937 random{seed};
  SCOPED_TRACE("seed " + std::to_string(seed));
  const TemporaryFolder folder;
  for (int round = 0; round < 12; ++round) {
    const auto acknowledged = storm_and_kill(folder.path(), static_cast<int>(random() % 400));
    ASSERT_FALSE(acknowledged.empty());
    SeededRng rng(1);
    const auto database = open_sqlite(folder.path(), rng);
    ASSERT_TRUE(database) << database.error();
    run_together(**database, {{[&](Transaction& t) {
                                 for (const auto& [room, seq] : acknowledged) expect_whole(t, room, seq);
                                 return false;
                               },
                               {}}});
  }
}

}  // namespace
}  // namespace costage::storage
