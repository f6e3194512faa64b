// The pictures of shows: the cover that a host chose, and what was last seen of a show that is on (N-015).
#pragma once

#include <optional>

#include "app/ports/storage.hpp"
#include "app/request.hpp"
#include "domain/picture/picture.hpp"

namespace costage::app {

struct Context;

class Pictures {
 public:
  explicit Pictures(const Context& context) : in_(context) {}

  // When it was taken is set here.
  void choose_cover(const Caller& caller, domain::Picture cover, const MaybeIdempotency& once, Done<domain::Room> done);
  void remove_cover(const Caller& caller, const domain::RoomId& room, const MaybeIdempotency& once,
                    Done<domain::Room> done);
  // Takes the place of the one before. Only of a show that is on.
  void show_live(const Caller& caller, domain::Picture picture, const MaybeIdempotency& once,
                 Done<domain::RoomId> done);
  // The cover, else the newest of the show, if there is one.
  void get(const Caller& caller, const domain::RoomId& room, Done<std::optional<domain::Picture>> done);

 private:
  const Context& in_;
};

}  // namespace costage::app
