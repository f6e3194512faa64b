#pragma once

#include "domain/decision.hpp"
#include "domain/errors.hpp"
#include "domain/moderation/commands.hpp"

namespace costage::domain {

Answer<Events> decide_moderation(const RoomState& state, const ModerationCommand& command, WallTime now);

}  // namespace costage::domain
