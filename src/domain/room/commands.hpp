#pragma once

#include <optional>
#include <string>
#include <variant>

#include "domain/actor.hpp"
#include "domain/room/policy.hpp"

namespace costage::domain {

struct CreateRoom {
  Actor actor;
  RoomId id;
  std::string title;
  std::string description;
  std::string metadata = "{}";
  std::string external_id;
  bool chat_enabled = true;
  PolicyChanges policies;
  // An admin may create the room for somebody else.
  std::optional<UserId> host;
  std::string host_name;
};

struct UpdateRoom {
  Actor actor;
  std::optional<std::string> title;
  std::optional<std::string> description;
  std::optional<std::string> metadata;
  PolicyChanges policies;
};
struct StopRoom {
  Actor actor;
};
using RoomCommand = std::variant<UpdateRoom, StopRoom>;

}  // namespace costage::domain
