// The green room of a show: a media room beside it. Nobody of the audience gets access, so nothing that is said there
// can reach them.
#pragma once

#include <optional>

#include "app/ports/media_server.hpp"
#include "app/request.hpp"

namespace costage::app {

struct Context;

domain::RoomId green_room_of(const domain::RoomId& room);
// The show that this media room belongs to, if it is a green room.
std::optional<domain::RoomId> show_of_green_room(const domain::RoomId& media_room);

class GreenRoom {
 public:
  explicit GreenRoom(const Context& context) : in_(context) {}

  // Credentials to hear, see and be heard and seen by those on stage and those who get ready.
  void open(const Caller& caller, const domain::RoomId& room, Done<MediaCredentials> done);

 private:
  const Context& in_;
};

}  // namespace costage::app
