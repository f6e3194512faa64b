#include "app/pictures.hpp"

#include <utility>

#include "app/context.hpp"
#include "domain/decide.hpp"
#include "domain/permission.hpp"

namespace costage::app {
namespace {

using namespace domain;

// What the room says of its cover, and the picture itself, in one transaction.
void write_cover(const Context& in, const RoomId& room, const SetCover& command, const MaybeIdempotency& once,
                 Done<Room> done, std::function<void(Transaction&)> keep) {
  const auto decision = [command, keep = std::move(keep), at = in.work.now()](
                            Transaction& tx, const RoomState& state) -> domain::Answer<Events> {
    auto events = decide(state, command, at);
    if (events) keep(tx);
    return events;
  };
  const auto made = [](const RoomState& after, const Events&) { return Made{after.room.id}; };
  const auto answer = [](Transaction&, const RoomState& state, const Made&) -> domain::Answer<Room> {
    return state.room;
  };
  in.work.write<Room>({command.actor, once, load_room(room), decision, made, answer}, std::move(done));
}

}  // namespace

void Pictures::choose_cover(const Caller& caller, Picture cover, const MaybeIdempotency& once, Done<Room> done) {
  cover.kind = PictureKind::cover;
  cover.taken_at = in_.work.now();
  if (auto bad = bad_picture(cover)) return done(refuse(std::move(*bad)));
  const RoomId room = cover.room;
  write_cover(in_, room, SetCover{caller, true}, once, std::move(done),
              [cover = std::move(cover)](Transaction& tx) { tx.pictures().put(cover); });
}

void Pictures::remove_cover(const Caller& caller, const RoomId& room, const MaybeIdempotency& once, Done<Room> done) {
  write_cover(in_, room, SetCover{caller, false}, once, std::move(done),
              [room](Transaction& tx) { tx.pictures().remove(room, PictureKind::cover); });
}

void Pictures::show_live(const Caller& caller, Picture picture, const MaybeIdempotency& once, Done<RoomId> done) {
  picture.kind = PictureKind::live;
  picture.taken_at = in_.work.now();
  if (auto bad = bad_picture(picture)) return done(refuse(std::move(*bad)));
  const RoomId room = picture.room;
  const auto put = [caller, picture = std::move(picture)](Transaction& tx) -> std::optional<Refusal> {
    const auto found = find_room(tx, picture.room, caller, Action::update_room);
    if (!found) return found.error();
    if (!is_open(found->status)) return Code::room_ended;
    if (found->status != RoomStatus::live) return Code::room_not_live;
    tx.pictures().put(picture);
    return {};
  };
  in_.work.note<RoomId>({caller, once, Made{room}, room, put}, std::move(done));
}

void Pictures::get(const Caller& caller, const RoomId& room, Done<std::optional<Picture>> done) {
  in_.work.read<std::optional<Picture>>(
      [caller, room](Transaction& tx) -> domain::Answer<std::optional<Picture>> {
        if (const auto found = find_room(tx, room, caller, Action::read_room); !found) return refuse(found.error());
        auto picture = tx.pictures().find(room, PictureKind::cover);
        return picture ? std::move(picture) : tx.pictures().find(room, PictureKind::live);
      },
      std::move(done));
}

}  // namespace costage::app
