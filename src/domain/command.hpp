// What people, time and the media server ask of a room: a variant per aggregate. Ids of new things and facts from
// outside the room come in with the command, so that decisions stay pure.
#pragma once

#include <variant>

#include "domain/egress/commands.hpp"
#include "domain/invitation/commands.hpp"
#include "domain/moderation/commands.hpp"
#include "domain/request/commands.hpp"
#include "domain/room/commands.hpp"
#include "domain/run_of_show/commands.hpp"
#include "domain/scene/commands.hpp"
#include "domain/stage/commands.hpp"

namespace costage::domain {

// Whatever has run out at `now` ends.
struct TimePassed {};

using Command = std::variant<RoomCommand, StageCommand, InvitationCommand, RequestCommand, SceneCommand,
                             RunOfShowCommand, EgressCommand, ModerationCommand, TimePassed>;

}  // namespace costage::domain
