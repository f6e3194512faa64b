#pragma once

#include <optional>

#include "domain/actor.hpp"
#include "domain/decision.hpp"
#include "domain/egress/commands.hpp"
#include "domain/errors.hpp"

namespace costage::domain {

// Nothing: the media server may be asked to start it, or to stop it.
[[nodiscard]] std::optional<Refusal> why_not_start(const RoomState& state, const Actor& actor, const EgressPlan& plan);
[[nodiscard]] std::optional<Refusal> why_not_stop(const RoomState& state, const Actor& actor, const EgressId& id);

// Reports may come twice, and late.
Answer<Events> decide_egress(const RoomState& state, const EgressCommand& command, WallTime now);

}  // namespace costage::domain
