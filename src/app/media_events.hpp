// What the media server reports, as commands to the room. Only people with a seat matter to it.
#pragma once

#include <optional>
#include <utility>

#include "app/ports/media_server.hpp"
#include "domain/command.hpp"

namespace costage::app {

struct MediaCommand {
  domain::RoomId room;
  domain::UserId user;
  domain::StageCommand command;
};
// Nothing: the event changes no room (quality, a connection that another one replaced).
std::optional<MediaCommand> command_for(const MediaEvent& event);

}  // namespace costage::app
