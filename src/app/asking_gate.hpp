// The gate that media servers ask: it knows by heart who may publish, and asks the database when in doubt. Another node
// may have given a seat a moment ago that was not heard of here, or taken one while nothing was heard at all.
#pragma once

#include <algorithm>
#include <functional>
#include <utility>

#include "app/green_room.hpp"
#include "app/rooms_here.hpp"
#include "app/streams.hpp"
#include "domain/green_room.hpp"

namespace costage::app {

class AskingGate final : public TokenGate {
 public:
  AskingGate(const RoomsHere& here, UnitOfWork& work, const Streams& streams, const Cluster& cluster)
      : here_(here), work_(work), streams_(streams), cluster_(cluster) {}

  [[nodiscard]] std::optional<std::string> region_of(const domain::RoomId& room) const override {
    return here_.region_of(room);
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
    const auto show = show_of_green_room(room);
    const auto read = [show_id = show.value_or(room), is_green_room = show.has_value(), identity,
                       lease](Transaction& tx) -> domain::Answer<bool> {
      const auto state = tx.rooms().load(show_id);
      if (!state || !domain::is_open(state->room.status)) return !is_green_room && lease.value().empty();
      const domain::UserId user{identity.value()};
      if (!is_green_room) return domain::lease_is_alive(state->stage, user, lease);
      const auto people = domain::green_room_people(*state);
      return std::ranges::find(people, user) != people.end();
    };
    work_.read<bool>(read, [answer, otherwise](const domain::Answer<bool>& may) { answer(may ? *may : otherwise); });
  }

  const RoomsHere& here_;
  UnitOfWork& work_;
  const Streams& streams_;
  const Cluster& cluster_;
};

}  // namespace costage::app
