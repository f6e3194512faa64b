#include "app/nodes.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace costage::app {

void Nodes::start(std::function<void(bool)> done) {
  if (!cluster_.is_shared) return done(true);
  renew_at_ = work_.now() + kRenewEvery;
  renew(std::move(done));
}

void Nodes::on_time(WallTime now) {
  if (!renew_at_ || now < *renew_at_) return;
  renew_at_ = now + kRenewEvery;
  renew([](bool) {});
}

void Nodes::renew(std::function<void(bool)> done) {
  auto living = std::make_shared<std::vector<Node>>();
  auto shared_done = std::make_shared<std::function<void(bool)>>(std::move(done));
  Node self{cluster_.node_id, cluster_.url, {}, cluster_.carries_media, is_draining_, cluster_.headroom(), {}};
  const auto work = [living, self = std::move(self)](Transaction& tx) {
    tx.nodes().renew(self, kLease);
    *living = tx.nodes().living();
    return true;
  };
  const auto renewed = [this, living, shared_done](Commit commit) {
    if (commit == Commit::done) on_renewed(std::move(*living));
    (*shared_done)(commit == Commit::done);
  };
  if (!work_.storage().submit_in("nodes", work, renewed)) (*shared_done)(false);
}

void Nodes::on_renewed(std::vector<Node> living) {
  const WallTime now = work_.now();
  if (renewed_at_ && now - *renewed_at_ >= kLease) unsettled_until_ = now + kLease;
  renewed_at_ = now;
  living_ = std::move(living);
  // Who died is noticed at the end of the lease, not some time after it.
  if (const auto end = first_end()) renew_at_ = std::min(*renew_at_, std::max(*end, now) + kAfterEnd);
  const bool led = std::exchange(leads_, living_.front().id == cluster_.node_id);
  if (leads_ && !led) began_();
  read_();
}

std::optional<WallTime> Nodes::first_end() const {
  std::optional<WallTime> first;
  for (const Node& node : living_)
    if (node.id != cluster_.node_id) first = std::min(first.value_or(node.until), node.until);
  return first;
}

void Nodes::drain() {
  is_draining_ = true;
  if (cluster_.is_shared) renew([](bool) {});
}

const Node* Nodes::find(const std::string& id) const {
  const auto at = std::ranges::find(living_, id, &Node::id);
  return at == living_.end() ? nullptr : &*at;
}

void Nodes::on_stop() {
  if (!cluster_.is_shared) return;
  (void)work_.storage().submit_in(
      "nodes", [id = cluster_.node_id](Transaction& tx) { return tx.nodes().remove(id), true; }, [](Commit) {});
}

}  // namespace costage::app
