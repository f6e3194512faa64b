// Everything about one room that decisions need: the sum of its aggregates. Each hears every event and takes what
// concerns it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "domain/events.hpp"
#include "domain/invitation/invitations.hpp"
#include "domain/request/requests.hpp"

namespace costage::domain {

struct RoomState {
  Room room;
  Stage stage;
  Invitations invitations;
  Requests requests;
  Scene scene;
  RunOfShow run_of_show;
  Egresses egresses;
  Standings standings;
  std::uint64_t seq = 0;  // of the last event

  bool operator==(const RoomState&) const = default;
};

// The event must be the room's next one.
RoomState apply(RoomState state, const Event& event);
RoomState replay(RoomState state, const Events& events);

// The earliest time at which something in this room runs out by itself (an invitation, a request, a seat, the room's
// grace).
std::optional<WallTime> next_deadline(const RoomState& state);

// Empty, or the sentence that names what does not hold. Invariants of our own, not of people's input.
std::string check(const RoomState& state);

}  // namespace costage::domain
