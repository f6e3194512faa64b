#include "app/media_nodes.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "app/green_room.hpp"
#include "domain/decide.hpp"

namespace costage::app {

using namespace domain;

namespace {

constexpr std::chrono::seconds kDrainLookEvery{1};
constexpr int kAsGood = 10;  // percent of headroom: no reason to send somebody elsewhere

// Whoever performs is never turned away for the sake of who watches.
bool is_one_too_many(const MediaGrant& grant, int headroom) { return !grant.can_publish && headroom <= 0; }

}  // namespace

domain::Answer<MediaCredentials> MediaNodes::minted(const MediaGrant& grant, const std::string& url) const {
  auto media = media_.mint(grant, work_.now());
  if (!media) return refuse(Code::unavailable);
  if (!url.empty()) media->url = url;
  return std::move(*media);
}

void MediaNodes::mint(const RoomId& show, const MediaGrant& grant, Done<MediaCredentials> done) {
  const auto given = [this, grant](int headroom, const std::string& url) -> domain::Answer<MediaCredentials> {
    return is_one_too_many(grant, headroom) ? refuse(Code::server_full) : minted(grant, url);
  };
  if (!cluster_.has_media_of_its_own()) return done(given(cluster_.headroom(), ""));
  const std::string carries = here_.media_node_of(show);
  const Node* node = best();
  const Node* carrier = nodes_.find(carries);
  const bool goes_elsewhere = carrier != nullptr && carrier->draining && node != nullptr && !here_.has_begun(show);
  if (carrier != nullptr && !goes_elsewhere) return done(given(carrier->headroom, carrier->url));
  const bool may_live = !carries.empty() && !nodes_.is_settled();
  if (node == nullptr || may_live) return done(refuse(Code::unavailable));
  carry(show, *node, [given, done = std::move(done)](const domain::Answer<Node>& carries) {
    done(carries ? given(carries->headroom, carries->url) : refuse(carries.error()));
  });
}

// What has not begun is not begun on a node that will end. Who lives is asked of the database: a node that has begun a
// moment ago may carry the show already.
void MediaNodes::carry(const RoomId& show, const Node& node, Done<Node> done) {
  const std::string leaves = nodes_.is_draining() ? cluster_.node_id : "";
  const auto carrier_of = [leaves, instead = node.id](Transaction& tx, const RoomState& state) -> std::optional<Node> {
    const bool has_begun = state.room.status != RoomStatus::idle || is_occupied(state.stage);
    for (Node& one : tx.nodes().living()) {
      const bool may_leave = one.draining && !has_begun && one.id != instead;
      if (one.id == state.room.media_node && one.id != leaves && !may_leave) return std::move(one);
    }
    return {};
  };
  const auto decision = [carrier_of, id = node.id, at = work_.now()](Transaction& tx,
                                                                     const RoomState& state) -> domain::Answer<Events> {
    if (carrier_of(tx, state)) return Events{};
    return decide(state, CarryMedia{id, state.room.media_node}, at);
  };
  const auto made = [](const RoomState& after, const Events&) { return Made{after.room.id}; };
  const auto answer = [carrier_of](Transaction& tx, const RoomState& state, const Made&) -> domain::Answer<Node> {
    auto carrier = carrier_of(tx, state);
    if (!carrier) return refuse(Code::unavailable);
    return std::move(*carrier);
  };
  work_.write<Node>({{}, {}, load_room(show), decision, made, answer}, std::move(done));
}

// This one, unless another has clearly more to give.
const Node* MediaNodes::best() const {
  const Node* best = nullptr;
  const auto is_leaving = [&](const Node& node) {
    return node.draining || (node.id == cluster_.node_id && nodes_.is_draining());
  };
  const auto worth = [&](const Node& node) { return node.headroom + (node.id == cluster_.node_id ? kAsGood : 0); };
  for (const Node& node : nodes_.living())
    if (node.carries_media && !is_leaving(node) && (best == nullptr || worth(node) > worth(*best))) best = &node;
  return best;
}

void MediaNodes::on_nodes() {
  if (!cluster_.has_media_of_its_own() || !nodes_.leads() || !nodes_.is_settled()) return;
  for (const RoomId& show : here_.shows_without([this](const std::string& node) { return nodes_.find(node); })) {
    if (moving_.size() >= kMovedAtOnce) return;
    move(show);
  }
}

void MediaNodes::drain(const DrainPolicy& policy, std::function<void()> done) {
  nodes_.drain();
  drain_ = Drain{policy, work_.now(), std::move(done), work_.now()};
  drain_on(work_.now());
}

void MediaNodes::drain_on(WallTime now) {
  if (!drain_ || now < drain_->look_at) return;
  drain_->look_at = now + kDrainLookEvery;
  const auto shows =
      cluster_.has_media_of_its_own() ? here_.shows_of(cluster_.node_id) : std::vector<RoomsHere::CarriedShow>{};
  const bool nowhere_to_go = drain_->policy.moves && best() == nullptr;
  const bool is_empty = shows.empty() && leaving_.empty();
  if (is_empty || nowhere_to_go || now >= drain_->begun_at + drain_->policy.within) {
    const auto done = std::move(std::exchange(drain_, std::nullopt)->done);
    return done();
  }
  const bool is_late = now >= drain_->begun_at + drain_->policy.within / 2;
  for (const auto& [show, is_quiet] : shows)
    if (drain_->policy.moves && (is_quiet || is_late)) move(show);
}

// What fails is tried again when the nodes are looked at the next time.
void MediaNodes::move(const RoomId& show) {
  const Node* node = best();
  if (node == nullptr || !moving_.insert(show).second) return;
  carry(show, *node, [this, show](const domain::Answer<Node>& carrier) {
    moving_.erase(show);
    if (carrier && moving_.empty()) on_nodes();
  });
}

void MediaNodes::on_commit(const Committed& committed) {
  const Room& room = committed.state.room;
  if (!cluster_.has_media_of_its_own() || here_.media_node_of(room.id) != cluster_.node_id) return;
  if (room.media_node == cluster_.node_id)
    leaving_.erase(room.id);
  else
    leaving_[room.id] = work_.now() + kLetGoAfter;
}

void MediaNodes::on_time(WallTime now) {
  std::erase_if(leaving_, [&](const auto& one) {
    if (one.second > now) return false;
    media_.let_go(one.first);
    media_.let_go(green_room_of(one.first));
    return true;
  });
  drain_on(now);
}

std::optional<WallTime> MediaNodes::next_wake() const {
  std::optional<WallTime> earliest;
  if (drain_) earliest = drain_->look_at;
  for (const auto& [room, at] : leaving_) earliest = std::min(earliest.value_or(at), at);
  return earliest;
}

}  // namespace costage::app
