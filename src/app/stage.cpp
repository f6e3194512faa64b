#include "app/stage.hpp"

#include <utility>

#include "app/context.hpp"
#include "app/followers/media_rights.hpp"
#include "domain/decide.hpp"
#include "domain/limits.hpp"
#include "domain/permission.hpp"

namespace costage::app {
namespace {

using namespace domain;

// Media servers know one connection per identity. Who watches has as many as they open windows; who is on stage has
// one, under their user id.
Identity viewer_identity(const UserId& user, Rng& rng) {
  return Identity{viewers_of(user).value() + rng.text(kViewerEnding)};
}

MediaGrant viewer_grant(const Room& room, const Caller& caller, Rng& rng) {
  MediaGrant grant;
  grant.room = room.id;
  grant.region = room.media_region;
  grant.identity = viewer_identity(caller.user, rng);
  grant.name = caller.name;
  grant.metadata = media_metadata(nullptr);
  grant.ttl = limits::kPrepareTime;
  return grant;
}

std::optional<Refusal> why_no_longer(const Context& in, const HeldSeat& held) {
  const Stage* stage = in.here.stage_of(held.room);
  // What is known here may be older than the seat, or nothing yet, where another node wrote just before; the seat
  // itself was asked for.
  const bool is_newer = stage != nullptr && stage->last_epoch >= held.seat.epoch;
  if (is_newer && !lease_is_alive(*stage, held.seat.user, held.seat.lease)) return Code::not_on_stage;
  return {};
}

// The token is not stored: who asks again gets a fresh one, as long as the lease lives.
void broadcaster_data(const Context& in, const HeldSeat& held, Done<BroadcasterData> done) {
  if (auto refusal = why_no_longer(in, held)) return done(refuse(*refusal));
  in.media_nodes.mint(held.room, grant_for(held.room, held.region, held.seat),
                      [held, done = std::move(done)](domain::Answer<MediaCredentials> media) {
                        if (!media) return done(refuse(media.error()));
                        done(BroadcasterData{std::move(*media), held.seat.lease, held.seat.epoch});
                      });
}

template <class Verb>
void act(const Context& in, const Caller& caller, const RoomId& room, const Verb& verb, const MaybeIdempotency& once,
         Done<StageView> done) {
  const auto decision = [verb, at = in.work.now()](Transaction&, const RoomState& state) {
    return decide(state, verb, at);
  };
  const auto made = [](const RoomState& after, const Events&) { return Made{after.room.id}; };
  const auto answer = [](Transaction&, const RoomState& state, const Made&) -> domain::Answer<StageView> {
    return StageView{state.room.id, state.stage};
  };
  in.work.write<StageView>({caller, once, load_room(room), decision, made, answer}, std::move(done));
}

}  // namespace

void StageUseCases::get(const Caller& caller, const RoomId& room, Done<StageView> done) {
  in_.work.read<StageView>(
      [caller, room](Transaction& tx) -> domain::Answer<StageView> {
        auto state = load_room(room)(tx);
        if (!state) return refuse(state.error());
        if (!permitted(*state, caller, Action::read_room)) return refuse(denied(*state, caller));
        return StageView{room, std::move(state->stage)};
      },
      std::move(done));
}

void StageUseCases::broadcaster(const Caller& caller, const RoomId& room, const std::optional<LeaseId>& reclaim,
                                const MaybeIdempotency& once, Done<BroadcasterData> done) {
  take_seat(caller, room, reclaim, once, [&in = in_, done = std::move(done)](const domain::Answer<HeldSeat>& held) {
    if (!held) return done(refuse(held.error()));
    broadcaster_data(in, *held, done);
  });
}

void StageUseCases::take_seat(const Caller& caller, const RoomId& room, const std::optional<LeaseId>& reclaim,
                              const MaybeIdempotency& once, Done<HeldSeat> done) {
  OpenLease command{caller, LeaseId{in_.new_id("lease_")}, reclaim, {}};
  const auto decision = [command = std::move(command), at = in_.work.now()](Transaction& tx, const RoomState& state) {
    OpenLease complete = command;
    if (state.invitations.newest_for(command.actor.user) == nullptr)
      complete.past = tx.invitations().newest_for(state.room.id, command.actor.user);
    return decide(state, complete, at);
  };
  const auto made = [user = caller.user](const RoomState& after, const Events&) {
    return Made{after.room.id, after.stage.find(user)->lease.value()};
  };
  const auto answer = [user = caller.user](Transaction&, const RoomState& state,
                                           const Made& made) -> domain::Answer<HeldSeat> {
    if (!is_open(state.room.status)) return refuse(Code::room_ended);
    if (!lease_is_alive(state.stage, user, LeaseId{made.id})) return refuse(Code::not_on_stage);
    return HeldSeat{state.room.id, state.room.media_region, *state.stage.find(user)};
  };
  in_.work.write<HeldSeat>({caller, once, load_room(room), decision, made, answer}, std::move(done));
}

void StageUseCases::viewer(const Caller& caller, const RoomId& room, Done<MediaCredentials> done) {
  const auto mint = [&in = in_, caller, done = std::move(done)](domain::Answer<Room> found) {
    if (!found) return done(refuse(found.error()));
    if (!is_open(found->status)) return done(refuse(Code::room_ended));
    in.media_nodes.mint(found->id, viewer_grant(*found, caller, in.rng), done);
  };
  in_.work.read<Room>([caller, room](Transaction& tx) { return find_room(tx, room, caller, Action::watch_room); },
                      mint);
}

void StageUseCases::leave(const Caller& caller, const RoomId& room, const MaybeIdempotency& once,
                          Done<StageView> done) {
  act(in_, caller, room, LeaveStage{caller}, once, std::move(done));
}

void StageUseCases::remove(const Caller& caller, const RoomId& room, const UserId& user, const MaybeIdempotency& once,
                           Done<StageView> done) {
  act(in_, caller, room, RemoveFromStage{caller, user}, once, std::move(done));
}

void StageUseCases::switch_off(const Caller& caller, const RoomId& room, const UserId& user,
                               const TrackSources& sources, const MaybeIdempotency& once, Done<StageView> done) {
  act(in_, caller, room, SwitchOff{caller, user, sources}, once, std::move(done));
}

void StageUseCases::ask_to_switch_on(const Caller& caller, const RoomId& room, const UserId& user,
                                     const TrackSources& sources, const MaybeIdempotency& once, Done<StageView> done) {
  act(in_, caller, room, AskToSwitchOn{caller, user, sources}, once, std::move(done));
}

void StageUseCases::set_permissions(const Caller& caller, const RoomId& room, const UserId& user,
                                    const StagePermissions& permissions, const MaybeIdempotency& once,
                                    Done<StageView> done) {
  act(in_, caller, room, SetPermissions{caller, user, permissions}, once, std::move(done));
}

}  // namespace costage::app
