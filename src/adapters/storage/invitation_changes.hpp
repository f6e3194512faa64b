// Which invitations a decision changed, as rows.
#pragma once

#include <vector>

#include "domain/room_state.hpp"

namespace costage::storage {

struct HeldInvitation {
  domain::Invitation invitation;
  bool held = false;  // by its room's state
};

std::vector<HeldInvitation> changed_invitations(const domain::RoomState& before, const domain::RoomState& after,
                                                const domain::Events& events);

}  // namespace costage::storage
