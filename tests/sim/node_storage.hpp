// A node's connections to the shared database: some write, a lane always by the same one, and some read. Each runs what
// waits for it in groups, and its answers come in order and later.
#pragma once

#include <array>
#include <deque>
#include <string>

#include "process.hpp"
#include "shared_database.hpp"

namespace costage::sim {

class NodeStorage final : public app::Storage {
 public:
  NodeStorage(World& world, SharedDatabase& database, Process& process)
      : world_(world), database_(database), process_(process) {}

  [[nodiscard]] bool submit(Work work, Done done) override { return submit_in({}, std::move(work), std::move(done)); }
  [[nodiscard]] bool submit_in(const std::string& lane, Work work, Done done) override;
  [[nodiscard]] bool read(Work work, Done done) override;
  [[nodiscard]] std::optional<std::string> trouble() const override { return {}; }

  // The program ends: of what waits some is committed all the same, and nobody hears of it.
  void kill();
  // While time is carried out (Plant::forgetful).
  void forget_rooms(bool on) { forgets_rooms_ = on; }

 private:
  static constexpr std::size_t kWriters = 3, kReaders = 2;
  static constexpr std::size_t kMaxTogether = 64;

  struct Connection {
    std::deque<storage::Unit> queue;
    bool busy = false;
    WallTime answered_until;
  };
  [[nodiscard]] bool put(Connection& connection, Work work, Done done);
  void begin(Connection& connection);
  void run(Connection& connection);
  std::vector<app::Commit> carry_out(const std::vector<storage::Unit>& units);
  void answer(Connection& connection, std::vector<storage::Unit> units, std::vector<app::Commit> results);
  static std::vector<storage::Unit> take(Connection& connection);

  World& world_;
  SharedDatabase& database_;
  Process& process_;
  std::array<Connection, kWriters> writers_;
  std::array<Connection, kReaders> readers_;
  std::size_t next_reader_ = 0;
  bool forgets_rooms_ = false;
};

}  // namespace costage::sim
