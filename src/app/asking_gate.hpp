// The gate that media servers ask: it knows by heart who may publish, and asks the database when in doubt. Another node
// may have given a seat a moment ago that was not heard of here, or taken one while nothing was heard at all.
#pragma once

#include <functional>
#include <utility>

#include "app/green_room.hpp"
#include "app/rooms_here.hpp"
#include "app/streams.hpp"

namespace costage::app {

class AskingGate final : public TokenGate {
 public:
  AskingGate(const RoomsHere& here, UnitOfWork& work, const Streams& streams, const Cluster& cluster)
      : here_(here), work_(work), streams_(streams), cluster_(cluster) {}

  [[nodiscard]] std::optional<std::string> region_of(const domain::RoomId& room) const override {
    return here_.region_of(room);
  }
  void carries(const domain::RoomId& room, std::function<void(bool)> answer) const override {
    const domain::RoomId show = show_of_green_room(room).value_or(room);
    const bool as_known = here_.media_node_of(show) == cluster_.node_id;
    if (!cluster_.has_media_of_its_own() || (as_known && streams_.is_fresh())) return answer(true);
    const auto read = [show, &cluster = cluster_](Transaction& tx) -> domain::Answer<bool> {
      const auto state = tx.rooms().load(show);
      return !state || cluster.carries(state->room);
    };
    work_.read<bool>(read, [answer = std::move(answer), as_known](const domain::Answer<bool>& carries) {
      answer(carries ? *carries : as_known);
    });
  }
  void may_publish(const domain::RoomId& room, const Identity& identity, const domain::LeaseId& lease,
                   std::function<void(bool)> answer) const override {
    here_.may_publish(room, identity, lease, [this, room, identity, lease, answer = std::move(answer)](bool may) {
      const bool is_sure = !cluster_.is_shared || (may && streams_.is_fresh());
      if (is_sure) return answer(may);
      ask(room, identity, lease, may, answer);
    });
  }

 private:
  // While the database is away, what is known here counts: who is on air stays there.
  void ask(const domain::RoomId& room, const Identity& identity, const domain::LeaseId& lease, bool otherwise,
           const std::function<void(bool)>& answer) const {
    const auto read = [room, identity, lease](Transaction& tx) -> domain::Answer<bool> {
      RoomsHere now;
      if (const auto state = tx.rooms().load(show_of_green_room(room).value_or(room))) now.keep(*state);
      bool may = false;
      now.may_publish(room, identity, lease, [&may](bool yes) { may = yes; });
      return may;
    };
    work_.read<bool>(read, [answer, otherwise](const domain::Answer<bool>& may) { answer(may ? *may : otherwise); });
  }

  const RoomsHere& here_;
  UnitOfWork& work_;
  const Streams& streams_;
  const Cluster& cluster_;
};

}  // namespace costage::app
