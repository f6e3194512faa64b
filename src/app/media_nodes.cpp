#include "app/media_nodes.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "app/green_room.hpp"
#include "domain/decide.hpp"

namespace costage::app {

using namespace domain;

namespace {

constexpr int kAsGood = 10;  // percent of headroom: no reason to send somebody elsewhere

}  // namespace

domain::Answer<MediaCredentials> MediaNodes::minted(const MediaGrant& grant, const std::string& url) const {
  auto media = media_.mint(grant, work_.now());
  if (!media) return refuse(Code::unavailable);
  if (!url.empty()) media->url = url;
  return std::move(*media);
}

void MediaNodes::mint(const RoomId& show, const MediaGrant& grant, Done<MediaCredentials> done) {
  if (!cluster_.has_media_of_its_own()) return done(minted(grant, ""));
  const std::string carries = here_.media_node_of(show);
  const Node* carrier = nodes_.find(carries);
  if (carrier != nullptr) return done(minted(grant, carrier->url));
  const Node* node = best();
  const bool may_live = !carries.empty() && !nodes_.is_settled();
  if (node == nullptr || may_live) return done(refuse(Code::unavailable));
  carry(show, *node, [this, grant, done = std::move(done)](const domain::Answer<std::string>& id) {
    if (!id) return done(refuse(id.error()));
    const Node* carries = nodes_.find(*id);
    done(carries != nullptr ? minted(grant, carries->url) : refuse(Code::unavailable));
  });
}

void MediaNodes::carry(const RoomId& show, const Node& node, Done<std::string> done) {
  std::vector<std::string> living;
  for (const Node& one : nodes_.living()) living.push_back(one.id);
  const auto decision = [living = std::move(living), id = node.id, at = work_.now()](
                            Transaction&, const RoomState& state) -> domain::Answer<Events> {
    const std::string& carries = state.room.media_node;
    if (std::ranges::find(living, carries) != living.end()) return Events{};
    return decide(state, CarryMedia{id, carries}, at);
  };
  const auto made = [](const RoomState& after, const Events&) { return Made{after.room.id}; };
  const auto answer = [](Transaction&, const RoomState& state, const Made&) -> domain::Answer<std::string> {
    return state.room.media_node;
  };
  work_.write<std::string>({{}, {}, load_room(show), decision, made, answer}, std::move(done));
}

// This one, unless another has clearly more to give.
const Node* MediaNodes::best() const {
  const Node* best = nullptr;
  const auto worth = [&](const Node& node) { return node.headroom + (node.id == cluster_.node_id ? kAsGood : 0); };
  for (const Node& node : nodes_.living())
    if (node.carries_media && !node.draining && (best == nullptr || worth(node) > worth(*best))) best = &node;
  return best;
}

void MediaNodes::on_nodes() {
  if (!cluster_.has_media_of_its_own() || !nodes_.leads() || !nodes_.is_settled()) return;
  for (const RoomId& show : here_.shows_without([this](const std::string& node) { return nodes_.find(node); })) {
    if (moving_.size() >= kMovedAtOnce) return;
    if (moving_.insert(show).second) move(show);
  }
}

// What fails is tried again when the nodes are looked at the next time.
void MediaNodes::move(const RoomId& show) {
  const Node* node = best();
  if (node == nullptr) return;
  carry(show, *node, [this, show](const domain::Answer<std::string>& carrier) {
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
}

std::optional<WallTime> MediaNodes::next_wake() const {
  std::optional<WallTime> earliest;
  for (const auto& [room, at] : leaving_) earliest = std::min(earliest.value_or(at), at);
  return earliest;
}

}  // namespace costage::app
