#include "app/green_room.hpp"

#include <string>
#include <utility>

#include "app/context.hpp"
#include "domain/green_room.hpp"
#include "domain/limits.hpp"

namespace costage::app {

using namespace domain;

namespace {

// No room of an application begins so: ids of rooms are ours.
constexpr std::string_view kPrefix = "greenroom_";

domain::Answer<Room> room_if_admitted(Transaction& tx, const Caller& caller, const RoomId& room, WallTime now) {
  auto state = load_room(room)(tx);
  if (!state) return refuse(state.error());
  std::optional<Invitation> past;
  if (state->invitations.newest_for(caller.user) == nullptr) past = tx.invitations().newest_for(room, caller.user);
  if (auto refusal = why_not_green_room(*state, caller, past, now)) return refuse(*refusal);
  return std::move(state->room);
}

MediaGrant grant_for_green_room(const Room& room, const Caller& caller) {
  MediaGrant grant;
  grant.room = green_room_of(room.id);
  grant.region = room.media_region;
  grant.identity = on_stage_as(caller.user);
  grant.name = caller.name;
  grant.metadata = R"({"role":"backstage"})";
  grant.can_publish = true;
  grant.can_publish_data = false;
  grant.ttl = limits::kPrepareTime;
  return grant;
}

}  // namespace

RoomId green_room_of(const RoomId& room) { return RoomId{std::string{kPrefix} + room.value()}; }

std::optional<RoomId> show_of_green_room(const RoomId& media_room) {
  if (!media_room.value().starts_with(kPrefix)) return {};
  return RoomId{media_room.value().substr(kPrefix.size())};
}

void GreenRoom::open(const Caller& caller, const RoomId& room, Done<MediaCredentials> done) {
  const auto mint = [&in = in_, caller, done = std::move(done)](const domain::Answer<Room>& found) {
    if (!found) return done(refuse(found.error()));
    in.media_nodes.mint(found->id, grant_for_green_room(*found, caller), done);
  };
  in_.work.read<Room>(
      [caller, room, at = in_.work.now()](Transaction& tx) { return room_if_admitted(tx, caller, room, at); }, mint);
}

}  // namespace costage::app
