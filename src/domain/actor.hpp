// Who asks for something.
#pragma once

#include <optional>
#include <string>

#include "domain/ids.hpp"

namespace costage::domain {

struct Actor {
  UserId user;
  std::string name;
  bool admin = false;
  std::optional<RoomId> guest_of{};  // somebody without an account, who may watch this room
};

}  // namespace costage::domain
