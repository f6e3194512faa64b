// What a room holds in mind of its invitations: the newest of each invitee, as long as it matters. All of them are in
// storage.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/invitation/invitation.hpp"

namespace costage::domain {

struct Event;
struct RoomState;
struct Stage;

struct Invitations {
  std::vector<Invitation> newest;  // of each invitee, in the order of their creation
  std::vector<WallTime> recent;    // when the last kInvitesPerWindow were created or resent, oldest first

  [[nodiscard]] const Invitation* find(const InvitationId& id) const;
  [[nodiscard]] const Invitation* newest_for(const UserId& invitee) const;
  bool operator==(const Invitations&) const = default;
};

void apply(Invitations& invitations, const Event& event);
// A seat that begins uses the invitation it came by, and one that the host ended takes it back.
void mark_admission(Invitation& invitation, const Event& event);
// Of more than kInvitationsHeld the oldest go, but of nobody who is on stage.
void forget_past(Invitations& invitations, const Stage& stage, WallTime now);
// When the first pending one runs out.
std::optional<WallTime> next_deadline(const Invitations& invitations);
// Empty, or what does not hold of the invitations in their room.
std::string check_invitations(const RoomState& state);

}  // namespace costage::domain
