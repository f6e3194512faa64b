// A part of a room that is read and set as a whole: its scene, its run of show.
#pragma once

#include <utility>

#include "app/context.hpp"
#include "domain/decide.hpp"
#include "domain/permission.hpp"

namespace costage::app {

// For whoever may read the room.
template <class Part>
void get_part(const Context& in, const Caller& caller, const domain::RoomId& room, Part domain::RoomState::* part,
              Done<Part> done) {
  in.work.read<Part>(
      [caller, room, part](Transaction& tx) -> domain::Answer<Part> {
        auto state = load_room(room)(tx);
        if (!state) return domain::refuse(state.error());
        if (!permitted(*state, caller, domain::Action::read_room)) return domain::refuse(denied(*state, caller));
        return std::move((*state).*part);
      },
      std::move(done));
}

// `command` decides who may.
template <class Part, class Command>
void set_part(const Context& in, const Caller& caller, const domain::RoomId& room, Command command,
              Part domain::RoomState::* part, const MaybeIdempotency& once, Done<Part> done) {
  const auto decision = [command = std::move(command), at = in.work.now()](
                            Transaction&, const domain::RoomState& state) { return decide(state, command, at); };
  const auto made = [](const domain::RoomState& after, const domain::Events&) { return Made{after.room.id}; };
  const auto answer = [part](Transaction&, const domain::RoomState& state, const Made&) -> domain::Answer<Part> {
    return state.*part;
  };
  in.work.write<Part>({caller, once, load_room(room), decision, made, answer}, std::move(done));
}

}  // namespace costage::app
