#include "app/rooms.hpp"

#include <algorithm>
#include <utility>

#include "app/context.hpp"
#include "app/cursor.hpp"
#include "domain/decide.hpp"
#include "domain/permission.hpp"

namespace costage::app {
namespace {

using namespace domain;

// A write whose answer is the room.
Write<Room> room_write(const Caller& caller, const MaybeIdempotency& once, Load load, Decide decide) {
  const auto made = [](const RoomState& after, const Events&) { return Made{after.room.id}; };
  const auto answer = [](Transaction&, const RoomState& state, const Made&) -> domain::Answer<Room> {
    return state.room;
  };
  return {caller, once, std::move(load), std::move(decide), made, answer};
}

void name_host(Transaction& tx, CreateRoom& command) {
  if (!command.host || !command.host_name.empty()) return;
  if (const auto user = tx.users().find(*command.host)) command.host_name = user->name;
}

}  // namespace

std::vector<std::string> Rooms::media_regions() const { return in_.media.regions(); }

void Rooms::create(const Caller& caller, CreateRoom room, const MaybeIdempotency& once, Done<Room> done) {
  if (const auto regions = media_regions();
      !room.media_region.empty() && std::ranges::find(regions, room.media_region) == regions.end())
    return done(refuse(Refusal::invalid("mediaRegion", "It is none of the server's media regions (GET /v1/server).")));
  room.actor = caller;
  room.id = RoomId{in_.new_id("room_")};
  const auto nothing = [](Transaction&) -> domain::Answer<RoomState> { return RoomState{}; };
  const auto decision = [room = std::move(room), at = in_.work.now()](Transaction& tx, const RoomState&) {
    CreateRoom command = room;
    name_host(tx, command);
    return create_room(command, at);
  };
  in_.work.write(room_write(caller, once, nothing, decision), std::move(done));
}

void Rooms::get(const Caller& caller, const RoomId& room, Done<Room> done) {
  in_.work.read<Room>([caller, room](Transaction& tx) { return find_room(tx, room, caller, Action::read_room); },
                      std::move(done));
}

bool Rooms::admits_guests(const RoomId& room) const { return in_.here.admits_guests(room); }

void Rooms::list(const Caller& caller, const RoomFilter& filter, const PageRequest& page, Done<Page<Room>> done) {
  if (!permitted(caller, Action::list_rooms)) return done(refuse(Code::not_permitted));
  if (auto bad = bad_cursor(page.cursor)) return done(refuse(*bad));
  in_.work.read<Page<Room>>(
      [filter, page](Transaction& tx) -> domain::Answer<Page<Room>> { return tx.rooms().list(filter, page); },
      std::move(done));
}

void Rooms::update(const Caller& caller, const RoomId& room, ChangeDetails change, const MaybeIdempotency& once,
                   Done<Room> done) {
  const auto decision = [caller, change = std::move(change), at = in_.work.now()](Transaction&,
                                                                                  const RoomState& state) {
    UpdateRoom command{state.room, caller};
    change(command);
    return decide(state, command, at);
  };
  in_.work.write(room_write(caller, once, load_room(room), decision), std::move(done));
}

void Rooms::name_successor(const Caller& caller, const RoomId& room, std::optional<UserId> user,
                           const MaybeIdempotency& once, Done<Room> done) {
  const NameSuccessor command{caller, std::move(user)};
  const auto decision = [command, at = in_.work.now()](Transaction&, const RoomState& state) {
    return decide(state, command, at);
  };
  in_.work.write(room_write(caller, once, load_room(room), decision), std::move(done));
}

void Rooms::stop(const Caller& caller, const RoomId& room, const MaybeIdempotency& once, Done<Room> done) {
  const auto decision = [caller, at = in_.work.now()](Transaction&, const RoomState& state) {
    return decide(state, StopRoom{caller}, at);
  };
  in_.work.write(room_write(caller, once, load_room(room), decision), std::move(done));
}

}  // namespace costage::app
