// Why somebody did not see an invitation, cannot join or keeps dropping (S-093..S-096): facts in, findings out.
#pragma once

#include <optional>

#include "domain/diagnosis/drops.hpp"
#include "domain/diagnosis/finding.hpp"
#include "domain/invitation/commands.hpp"
#include "domain/room_state.hpp"

namespace costage::domain {

inline constexpr std::chrono::minutes kDropWindow{10};
inline constexpr int kManyDrops = 3;  // within the window: they keep dropping

// The person in question, and what is known of them from outside the room.
struct Patient {
  Invite invite;                         // as the host would send it now
  bool takes_invitations = true;         // their own choice, which `invite.available` mixes with whom they blocked
  bool blocked_by_reader = false;        // `invite.blocked` also says whom others blocked
  std::optional<Invitation> invitation;  // the newest here, also one that the room holds in mind no more
  std::optional<StageRequest> request;   // likewise
  Drops drops;                           // within kDropWindow
};

// What weighs most comes first. Never empty.
Findings diagnose(const RoomState& state, const Patient& patient, Reader reader, WallTime now);

}  // namespace costage::domain
