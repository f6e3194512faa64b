#include "node_storage.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace costage::sim {

namespace {

using app::Commit;
using namespace std::chrono_literals;

// In a thousand.
constexpr unsigned kFull = 2, kSlow = 20, kFails = 10, kAnswerIsLost = 8, kLosesRace = 15, kAnswersLate = 10;
constexpr unsigned kTooEarly = 20;  // Plant::early
constexpr unsigned kCommittedAtKill = 500;

// std::hash differs between libraries.
std::size_t lane_number(const std::string& lane) {
  std::uint32_t hash = 2166136261;  // FNV-1a
  for (const char c : lane) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619;
  return hash;
}

}  // namespace

bool NodeStorage::submit_in(const std::string& lane, Work work, Done done) {
  Connection& connection = writers_[lane_number(lane) % kWriters];
  if (forgets_rooms_ && lane.starts_with("room_"))
    return put(connection, [](app::Transaction&) { return false; }, std::move(done));
  return put(connection, std::move(work), std::move(done));
}

bool NodeStorage::read(Work work, Done done) {
  return put(readers_[next_reader_++ % kReaders], std::move(work), std::move(done));
}

bool NodeStorage::put(Connection& connection, Work work, Done done) {
  if (world_.trouble(kFull)) return false;
  connection.queue.push_back({std::move(work), std::move(done)});
  if (!connection.busy) begin(connection);
  return true;
}

void NodeStorage::begin(Connection& connection) {
  connection.busy = true;
  const auto pause = world_.trouble(kSlow) ? world_.between(50ms, 900ms) : world_.between(1ms, 8ms);
  process_.post(database_.stalled() + pause, [this, &connection] { run(connection); });
}

void NodeStorage::run(Connection& connection) {
  auto units = take(connection);
  auto results = carry_out(units);
  answer(connection, std::move(units), std::move(results));
  connection.busy = false;
  if (!connection.queue.empty()) begin(connection);
}

std::vector<Commit> NodeStorage::carry_out(const std::vector<storage::Unit>& units) {
  const std::vector<Commit> all_failed(units.size(), Commit::failed);
  if (database_.is_away()) return all_failed;
  if (world_.trouble(kFails)) return database_.run_in_vain(units);
  if (world_.planted(Plant::early) && world_.trouble(kTooEarly)) {
    database_.run_in_vain(units);
    return std::vector<Commit>(units.size(), Commit::done);
  }
  database_.memory.rooms().races_to_lose = world_.trouble(kLosesRace) ? 1 : 0;
  auto results = database_.run(units);
  database_.memory.rooms().races_to_lose = 0;
  if (!world_.trouble(kAnswerIsLost)) return results;
  world_.note("an answer of the database is lost");
  return all_failed;
}

void NodeStorage::answer(Connection& connection, std::vector<storage::Unit> units, std::vector<Commit> results) {
  const auto delay = world_.trouble(kAnswersLate) ? world_.between(100ms, 2s) : world_.between(0ms, 5ms);
  connection.answered_until = std::max(connection.answered_until, world_.now() + delay);
  process_.post(connection.answered_until - world_.now(), [units = std::move(units), results = std::move(results)] {
    for (std::size_t i = 0; i < units.size(); ++i) units[i].done(results[i]);
  });
}

std::vector<storage::Unit> NodeStorage::take(Connection& connection) {
  auto& queue = connection.queue;
  const auto end = queue.begin() + static_cast<std::ptrdiff_t>(std::min(kMaxTogether, queue.size()));
  std::vector<storage::Unit> out(std::make_move_iterator(queue.begin()), std::make_move_iterator(end));
  queue.erase(queue.begin(), end);
  return out;
}

void NodeStorage::kill() {
  for (Connection& connection : writers_)
    if (!connection.queue.empty() && !database_.is_away() && world_.chance(kCommittedAtKill))
      database_.run(take(connection));
}

}  // namespace costage::sim
