#pragma once

#include "domain/decision.hpp"
#include "domain/errors.hpp"
#include "domain/run_of_show/commands.hpp"

namespace costage::domain {

Answer<Events> decide_run_of_show(const RoomState& state, const RunOfShowCommand& command, WallTime now);

}  // namespace costage::domain
