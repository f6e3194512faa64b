// The nodes of this installation: each says every second that it lives. The oldest that does leads: it alone carries
// out what must be done once, until its lease runs out.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

#include "app/cluster.hpp"
#include "app/work/unit_of_work.hpp"

namespace costage::app {

class Nodes {
 public:
  static constexpr std::chrono::seconds kLease{5}, kRenewEvery{1};

  Nodes(UnitOfWork& work, const Cluster& cluster) : work_(work), cluster_(cluster) {}

  // The first renewal. false: storage refused.
  void start(std::function<void(bool ok)> done);
  void on_time(WallTime now);
  // Before the end of the program: others take over at once.
  void on_stop();
  [[nodiscard]] std::optional<WallTime> next_wake() const { return renew_at_; }

  [[nodiscard]] bool leads() const { return !cluster_.is_shared || leads_; }
  // Whether no other node lives.
  [[nodiscard]] bool is_alone() const { return living_.size() <= 1; }
  void on_leading(std::function<void()> began) { began_ = std::move(began); }
  // What leading begins with failed: on_leading is called again at the next renewal.
  void stand_down() { leads_ = false; }

 private:
  void renew(std::function<void(bool ok)> done);

  UnitOfWork& work_;
  const Cluster& cluster_;
  std::function<void()> began_ = [] {};
  std::vector<Node> living_;  // the oldest first
  bool leads_ = false;
  std::optional<WallTime> renew_at_;
};

}  // namespace costage::app
