#include "app/run_of_shows.hpp"

#include <utility>

#include "app/room_part.hpp"

namespace costage::app {

using namespace domain;

void RunOfShows::get(const Caller& caller, const RoomId& room, Done<RunOfShow> done) {
  get_part(in_, caller, room, &RoomState::run_of_show, std::move(done));
}

void RunOfShows::set(const Caller& caller, const RoomId& room, RunOfShow run_of_show, const MaybeIdempotency& once,
                     Done<RunOfShow> done) {
  set_part(in_, caller, room, SetRunOfShow{caller, std::move(run_of_show)}, &RoomState::run_of_show, once,
           std::move(done));
}

}  // namespace costage::app
