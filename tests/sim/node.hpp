// A node: the real use cases on storage, bus, clocks and media server that fail.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "app/app.hpp"
#include "hub.hpp"
#include "node_clock.hpp"
#include "node_media.hpp"
#include "node_storage.hpp"
#include "sim_bus.hpp"

namespace costage::sim {

// What nodes share.
struct Installation {
  explicit Installation(World& world) : world(world), database(world), bus(world), media(world) {}
  World& world;
  SharedDatabase database;
  BusHub bus;
  MediaCluster media;
};

class Node {
 public:
  Node(Installation& all, std::string id);
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  // kill -9: from here on only id() and process() may be asked.
  void end();

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] Process& process() { return *process_; }
  [[nodiscard]] app::App& app() { return *app_; }
  [[nodiscard]] bool is_ready() const { return started_ && process_->is_alive(); }
  // Storage refused at the start, or worse: the program ends.
  [[nodiscard]] bool gave_up() const { return gave_up_ || process_->has_crashed(); }
  [[nodiscard]] Hub& hub() { return hub_; }
  [[nodiscard]] SimBus& bus() { return bus_; }
  [[nodiscard]] NodeClock& own_clock() { return own_clock_; }
  [[nodiscard]] WallTime now() const { return clock_.now(); }

 private:
  app::Cluster cluster();
  void start();
  void on_time();
  void sleep_until_due();
  void told(const app::Committed& committed);
  void told(const app::ChatCommitted& committed);

  Installation& all_;
  World& world_;
  std::string id_;
  std::shared_ptr<Process> process_;
  NodeClock own_clock_;
  CorrectedClock clock_{own_clock_};
  NodeStorage storage_;
  SimBus bus_;
  NodeMedia media_;
  Hub hub_;
  std::unique_ptr<app::App> app_;
  bool started_ = false, gave_up_ = false;
  std::uint64_t naps_ = 0;
  WallTime wakes_at_ = WallTime::max();
  std::map<domain::RoomId, std::uint64_t> told_;  // up to where, of each room
};

}  // namespace costage::sim
