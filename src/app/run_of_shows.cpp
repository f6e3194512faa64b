#include "app/run_of_shows.hpp"

#include <utility>

#include "app/context.hpp"
#include "domain/decide.hpp"
#include "domain/permission.hpp"

namespace costage::app {

using namespace domain;

void RunOfShows::get(const Caller& caller, const RoomId& room, Done<RunOfShow> done) {
  in_.work.read<RunOfShow>(
      [caller, room](Transaction& tx) -> domain::Answer<RunOfShow> {
        auto state = load_room(room)(tx);
        if (!state) return refuse(state.error());
        if (!permitted(*state, caller, Action::read_room)) return refuse(Code::not_permitted);
        return std::move(state->run_of_show);
      },
      std::move(done));
}

void RunOfShows::set(const Caller& caller, const RoomId& room, RunOfShow run_of_show, const MaybeIdempotency& once,
                     Done<RunOfShow> done) {
  const SetRunOfShow command{caller, std::move(run_of_show)};
  const auto decision = [command, at = in_.work.now()](Transaction&, const RoomState& state) {
    return decide(state, command, at);
  };
  const auto made = [](const RoomState& after, const Events&) { return Made{after.room.id}; };
  const auto answer = [](Transaction&, const RoomState& state, const Made&) -> domain::Answer<RunOfShow> {
    return state.run_of_show;
  };
  in_.work.write<RunOfShow>({caller, once, load_room(room), decision, made, answer}, std::move(done));
}

}  // namespace costage::app
