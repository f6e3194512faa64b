// One seed: nodes, people and trouble for a while, then a quiet time in which all must come right.
#pragma once

#include <map>
#include <string>

#include "people.hpp"

namespace costage::sim {

struct Result {
  std::optional<Broken> found;
  std::vector<std::string> trail;
  std::uint64_t commits = 0, requests = 0, accepted = 0, heard = 0;
  milliseconds simulated{0};
  std::map<std::string_view, int> known;
  std::map<std::string, int> answers;
  std::map<domain::EventType, int> events;
};

class Simulation {
 public:
  Simulation(std::uint64_t seed, Plant plant, bool strict);
  ~Simulation() { world_.end(); }
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;
  Result run();

 private:
  void look();
  void look_at_rights();
  void check_end();
  void check_node(Node& node);
  void check_gate(Node& node);
  void check_deadlines();
  void check_links();
  void check_followers();

  World world_;
  Installation all_;
  Nodes nodes_;
  People people_;
  WallTime calm_since_;
};

}  // namespace costage::sim
