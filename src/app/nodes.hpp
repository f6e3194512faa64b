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
  static constexpr std::chrono::milliseconds kAfterEnd{50};  // of a lease: clocks of nodes differ a little

  Nodes(UnitOfWork& work, const Cluster& cluster) : work_(work), cluster_(cluster) {}

  // The first renewal. false: storage refused.
  void start(std::function<void(bool ok)> done);
  void on_time(WallTime now);
  // Before the end of the program: others take over at once.
  void on_stop();
  [[nodiscard]] std::optional<WallTime> next_wake() const { return renew_at_; }

  // This node will end: it is given no more shows.
  void drain();
  [[nodiscard]] bool is_draining() const { return is_draining_; }

  [[nodiscard]] bool leads() const { return !cluster_.is_shared || leads_; }
  // Whether no other node lives.
  [[nodiscard]] bool is_alone() const { return living_.size() <= 1; }
  [[nodiscard]] const std::vector<Node>& living() const { return living_; }
  // nullptr: it does not live.
  [[nodiscard]] const Node* find(const std::string& id) const;
  // Whether who does not live has had the time to say that it does: after the database was away for all, every lease
  // has run out.
  [[nodiscard]] bool is_settled() const { return !unsettled_until_ || work_.now() >= *unsettled_until_; }
  // Whenever it was read who lives.
  void on_read(std::function<void()> listener) { read_ = std::move(listener); }
  void on_leading(std::function<void()> began) { began_ = std::move(began); }
  // What leading begins with failed: on_leading is called again at the next renewal.
  void stand_down() { leads_ = false; }

 private:
  void renew(std::function<void(bool ok)> done);
  void on_renewed(std::vector<Node> living);
  [[nodiscard]] std::optional<WallTime> first_end() const;

  UnitOfWork& work_;
  const Cluster& cluster_;
  std::function<void()> began_ = [] {};
  std::vector<Node> living_;  // the oldest first
  std::function<void()> read_ = [] {};
  bool leads_ = false, is_draining_ = false;
  std::optional<WallTime> renew_at_, renewed_at_, unsettled_until_;
};

}  // namespace costage::app
