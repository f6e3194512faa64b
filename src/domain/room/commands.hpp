#pragma once

#include <optional>
#include <string>
#include <variant>

#include "domain/actor.hpp"
#include "domain/room/details.hpp"

namespace costage::domain {

struct CreateRoom : RoomDetails {
  Actor actor;
  RoomId id;
  std::string external_id;
  bool chat_enabled = true;
  std::string media_region;
  // An admin may create the room for somebody else.
  std::optional<UserId> host;
  std::string host_name;
};

// The details as they shall be, all of them.
struct UpdateRoom : RoomDetails {
  Actor actor;
};
struct StopRoom {
  Actor actor;
};
// Somebody on stage who stands in when the host is gone; nobody: the show waits for the host, and ends (D12).
struct NameSuccessor {
  Actor actor;
  std::optional<UserId> user;
};
// The cover was chosen, or taken away; its picture is kept beside the room.
struct SetCover {
  Actor actor;
  bool there = true;
};
// Another node's media server carries the show from now on, in which nobody is connected yet. Only if this one does
// now.
struct CarryMedia {
  std::string node;
  std::string instead_of;
};
using RoomCommand = std::variant<UpdateRoom, StopRoom, NameSuccessor, SetCover, CarryMedia>;

}  // namespace costage::domain
