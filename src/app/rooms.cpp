#include "app/rooms.hpp"

#include <utility>

#include "app/core.hpp"
#include "app/cursor.hpp"
#include "domain/permission.hpp"

namespace costage::app {
namespace {

using namespace domain;

StoredAnswer the_room(const RoomState& after, const Events&) { return after.room; }

Done<StoredAnswer> as_room(Done<Room> done) {
  return answering<Room>(std::move(done), [](const Room& room) { return room; });
}

void name_host(Transaction& tx, CreateRoom& command) {
  if (!command.host || !command.host_name.empty()) return;
  if (const auto user = tx.find_user(*command.host)) command.host_name = user->name;
}

}  // namespace

void Rooms::create(const Caller& caller, CreateRoom room, const MaybeIdempotency& once, Done<Room> done) {
  room.actor = caller;
  room.id = RoomId{core_.new_id("room_")};
  const auto nothing = [](Transaction&) -> domain::Answer<RoomState> { return RoomState{}; };
  const auto decision = [room = std::move(room), at = core_.now()](Transaction& tx, const RoomState&) {
    CreateRoom command = room;
    name_host(tx, command);
    return create_room(command, at);
  };
  core_.write({nothing, caller, once, decision, the_room}, as_room(std::move(done)));
}

void Rooms::get(const Caller& caller, const RoomId& room, Done<Room> done) {
  core_.read<Room>([caller, room](Transaction& tx) { return find_room(tx, room, caller, Action::read_room); },
                   std::move(done));
}

bool Rooms::admits_guests(const RoomId& room) const { return core_.admits_guests(room); }

void Rooms::list(const Caller& caller, const RoomFilter& filter, const PageRequest& page, Done<Page<Room>> done) {
  if (!permitted(caller, Action::list_rooms)) return done(refuse(Code::not_permitted));
  if (auto bad = bad_cursor(page.cursor)) return done(refuse(*bad));
  core_.read<Page<Room>>(
      [filter, page](Transaction& tx) -> domain::Answer<Page<Room>> { return tx.list_rooms(filter, page); },
      std::move(done));
}

void Rooms::update(const Caller& caller, const RoomId& room, UpdateRoom changes, const MaybeIdempotency& once,
                   Done<Room> done) {
  changes.actor = caller;
  const auto decision = [changes = std::move(changes), at = core_.now()](Transaction&, const RoomState& state) {
    return decide(state, changes, at);
  };
  core_.write({load_room(room), caller, once, decision, the_room}, as_room(std::move(done)));
}

void Rooms::stop(const Caller& caller, const RoomId& room, const MaybeIdempotency& once, Done<Room> done) {
  const auto decision = [caller, at = core_.now()](Transaction&, const RoomState& state) {
    return decide(state, StopRoom{caller}, at);
  };
  core_.write({load_room(room), caller, once, decision, the_room}, as_room(std::move(done)));
}

}  // namespace costage::app
