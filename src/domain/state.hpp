// Everything about one room that decisions need, and what must always hold for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/events.hpp"
#include "domain/roles.hpp"

namespace costage::domain {

struct RoomState {
  Room room;
  Stage stage;
  std::vector<Invitation> invitations;   // the newest of each invitee, in the order of their creation
  std::vector<WallTime> recent_invites;  // when the last kInvitesPerWindow were created or resent, oldest first
  std::uint64_t seq = 0;                 // of the last event

  [[nodiscard]] const Invitation* find(const InvitationId& id) const;
  [[nodiscard]] const Invitation* newest_for(const UserId& invitee) const;
  bool operator==(const RoomState&) const = default;
};

// The event must be the room's next one.
RoomState apply(RoomState state, const Event& event);
RoomState replay(RoomState state, const Events& events);

// The earliest time at which something in this room runs out by itself (an invitation, a seat, the room's grace).
std::optional<WallTime> next_deadline(const RoomState& state);

// Empty, or the sentence that names what does not hold. Invariants of our own, not of people's input.
std::string check(const RoomState& state);

}  // namespace costage::domain
