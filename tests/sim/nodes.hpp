// The nodes of the installation as a load balancer sees them: which there are now, and which of them take requests.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "node.hpp"

namespace costage::sim {

class Nodes {
 public:
  Nodes(Installation& all, std::size_t count);

  // One that takes requests, if any; it may be paused.
  [[nodiscard]] std::shared_ptr<Node> any();
  [[nodiscard]] std::vector<std::shared_ptr<Node>> living() const;
  // Something happens to one of them now and then.
  void begin_trouble();
  std::uint64_t connections = 0;  // of clients, that were ever made
  // All of them run again.
  void calm_down();

 private:
  struct Slot {
    std::shared_ptr<Node> node;  // nullptr: it was killed and is not started yet
    int lives = 0;
  };
  void start(std::size_t slot);
  void kill(std::size_t slot);
  void pause(std::size_t slot);
  void cut(std::size_t slot);
  void trouble();
  void look_after();

  Installation& all_;
  World& world_;
  std::vector<Slot> slots_;
};

}  // namespace costage::sim
