// What comes in which order in a show.
#pragma once

#include "app/request.hpp"
#include "domain/run_of_show/run_of_show.hpp"

namespace costage::app {

struct Context;

class RunOfShows {
 public:
  explicit RunOfShows(const Context& context) : in_(context) {}

  void get(const Caller& caller, const domain::RoomId& room, Done<domain::RunOfShow> done);
  // All of it.
  void set(const Caller& caller, const domain::RoomId& room, domain::RunOfShow run_of_show,
           const MaybeIdempotency& once, Done<domain::RunOfShow> done);

 private:
  const Context& in_;
};

}  // namespace costage::app
