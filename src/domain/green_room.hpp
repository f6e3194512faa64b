// Where those on stage and those who get ready talk before and beside the show: the audience does not hear it (S-089).
#pragma once

#include <optional>
#include <vector>

#include "domain/actor.hpp"
#include "domain/invitation/invitation.hpp"
#include "domain/room_state.hpp"

namespace costage::domain {

// The host, whoever is on stage, and whoever has accepted and may still go there.
std::vector<UserId> green_room_people(const RoomState& state);

// Why the actor may not come in, or nothing. `past`: their newest invitation, where the room does not hold it in mind.
std::optional<Refusal> why_not_green_room(const RoomState& state, const Actor& actor,
                                          const std::optional<Invitation>& past, WallTime now);

}  // namespace costage::domain
